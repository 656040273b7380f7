#![allow(missing_docs, clippy::all, clippy::print_stdout, clippy::unwrap_used)]
use cistron::*;
use std::collections::HashMap;
fn main() {
    let base = std::env::args().nth(1).unwrap();
    let shift: f64 = std::env::args().nth(2).unwrap_or("500".into()).parse().unwrap();
    let mut aps = vec![]; let mut aucs = vec![];
    let mut dirs: Vec<_> = std::fs::read_dir(&base).unwrap().map(|e| e.unwrap().path()).collect();
    dirs.sort();
    for dir in dirs {
        let text = std::fs::read_to_string(dir.join("timeseries.tsv")).unwrap().replace(',', ".");
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap().split('\t').collect();
        let genes = genes::Genes::new(header[2..].iter().map(|s| s.to_string())).unwrap();
        let rows: Vec<Vec<f64>> = lines.map(|l| l.split('\t').map(|c| c.parse().unwrap()).collect()).collect();
        let mut by: Vec<(f64, Vec<Vec<f64>>)> = vec![];
        for r in rows { if by.last().map(|b| b.0 != r[0]).unwrap_or(true) { by.push((r[0], vec![])); } by.last_mut().unwrap().1.push(r[1..].to_vec()); }
        let p = genes.len();
        let series = by.iter().map(|(s, rs)| expression::TimeSeries::new(format!("{s}"), rs.iter().map(|r| r[0]).collect(), faer::Mat::from_fn(rs.len(), p, |i, j| rs[i][1 + j].max(0.0).sqrt())).unwrap()).collect();
        let e = expression::Expression::new(genes.clone(), series).unwrap();
        let c = trajectory::Conditions { offsets: if shift > 0.0 { trajectory::Offsets::Before(shift) } else { trajectory::Offsets::None }, ..Default::default() };
        let s = trajectory::segments(&e, &c, Default::default()).unwrap();
        let regs: Vec<_> = genes.iter().collect();
        let t0 = std::time::Instant::now();
        let levels = 10;
        let (sel, size, signed, sweeps) = fit::quick(&s, &regs, 50, levels, 1);
        let dt = t0.elapsed().as_secs_f64();
        let corr = fit::quick_corr(&s, &regs);
        let mut ev = vec![vec![0.0; p]; p];
        for i in 0..p { for j in 0..p { if i != j { ev[i][j] = (size[i][j] / (100.0 * levels as f64) * corr[i][j].abs()).powf(0.75); } } }
        let c = 20.0;
        let m2 = ev.iter().flatten().map(|x| x * x).sum::<f64>() / (p * (p - 1)) as f64;
        let reg: Vec<f64> = (0..p).map(|j| (((0..p).map(|i| ev[i][j] * ev[i][j]).sum::<f64>() + c * m2) / (p as f64 - 1.0 + c)).sqrt()).collect();
        for i in 0..p { for j in 0..p { ev[i][j] *= reg[j].powf(1.5); } }
        let m2 = ev.iter().flatten().map(|x| x * x).sum::<f64>() / (p * (p - 1)) as f64;
        for i in 0..p { let r = ((ev[i].iter().map(|x| x * x).sum::<f64>() + c * m2) / (p as f64 - 1.0 + c)).sqrt(); for j in 0..p { ev[i][j] /= r.sqrt(); } }
        let gold: HashMap<(String, String), bool> = std::fs::read_to_string(dir.join("gold.tsv")).unwrap_or_default().lines().skip(1).map(|l| { let c: Vec<&str> = l.split('\t').collect(); ((c[0].to_string(), c[1].to_string()), c[2] == "1") }).collect();
        if gold.is_empty() { continue; }
        let mut list: Vec<(f64, bool, f64)> = vec![];
        for i in 0..p { for j in 0..p { if i != j { list.push((ev[i][j], gold[&(genes.names()[j].clone(), genes.names()[i].clone())], signed[i][j])); } } }
        list.sort_by(|a, b| b.0.total_cmp(&a.0));
        let pos = list.iter().filter(|x| x.1).count();
        let (mut tp, mut ap) = (0.0, 0.0);
        let mut auc = 0.0;
        for (k, x) in list.iter().enumerate() { if x.1 { tp += 1.0; ap += tp / (k + 1) as f64; } else { auc += tp; } }
        ap /= pos as f64; auc /= (pos * (list.len() - pos)) as f64;
        println!("{} AP {ap:.3} AUC {auc:.3} time {dt:.2} sweeps/fit {:.1}", dir.display(), sweeps as f64 / (100 * p * levels) as f64);
        aps.push(ap); aucs.push(auc);
    }
    println!("MEAN AP {:.4} AUC {:.4}", numeric::mean(&aps), numeric::mean(&aucs));
}
