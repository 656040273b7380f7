//! Cells along their lineages, as series in pseudotime.

use faer::Mat;

use crate::expression::{Cells, Expression, Lineage, SeriesError, TimeSeries};

/// Every lineage as a time series: cells sorted by pseudotime, averaged in neighbourhoods of
/// equally many cells, the mean pseudotime as time.
///
/// One cell is too noisy to stand for a state; about the square root of the cells in each
/// neighbourhood keeps both the noise and the blurring falling as cells are added.
///
/// * `cells`: values on the model's scale, `n × p`
/// * returns one series a lineage with between 10 and 100 points (fewer if there are fewer cells)
///
/// # Errors   [`SeriesError`] if no lineage has two different pseudotimes.
/// # Cost     `O(n·p + n log n)` a lineage.
pub fn series_of_lineages(cells: &Cells) -> Result<Expression, SeriesError> {
    let series: Vec<TimeSeries> = cells
        .lineages()
        .iter()
        .map(|lineage| series_of(cells, lineage))
        .collect::<Result<_, _>>()?;
    Expression::new(cells.genes().clone(), series)
}

fn series_of(cells: &Cells, lineage: &Lineage) -> Result<TimeSeries, SeriesError> {
    let time = &lineage.pseudotime;
    let mut order: Vec<usize> = (0..time.len()).filter(|&i| time[i].is_finite()).collect();
    order.sort_by(|&a, &b| time[a].total_cmp(&time[b]).then(a.cmp(&b)));
    let points = ((order.len() as f64).sqrt().round() as usize)
        .clamp(10, 100)
        .min(order.len());
    let bounds: Vec<usize> = (0..=points).map(|k| k * order.len() / points).collect();
    let (mut times, mut groups): (Vec<f64>, Vec<&[usize]>) = (Vec::new(), Vec::new());
    for pair in bounds.windows(2) {
        let group = &order[pair[0]..pair[1]];
        let at = group.iter().map(|&i| time[i]).sum::<f64>() / group.len() as f64;
        if times.last().is_none_or(|&last| at > last) {
            times.push(at);
            groups.push(group);
        }
    }
    let values = Mat::from_fn(times.len(), cells.genes().len(), |k, j| {
        known_mean(groups[k].iter().map(|&i| cells.values()[(i, j)]))
    });
    TimeSeries::new(lineage.name.clone(), times, values)
}

/// Mean of the values that are not missing; NaN if there are none.
fn known_mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values
        .filter(|x| !x.is_nan())
        .fold((0.0, 0_usize), |(sum, count), x| (sum + x, count + 1));
    sum / count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genes::Genes;

    #[test]
    fn the_order_of_the_cells_does_not_matter() {
        let build = |reverse: bool| {
            let at = |i: usize| if reverse { 199 - i } else { i };
            let genes = Genes::new(["a"]).expect("distinct");
            let names = (0..200).map(|i| format!("c{}", at(i))).collect();
            let values = Mat::from_fn(200, 1, |i, _| at(i) as f64);
            let pseudotime = (0..200).map(|i| at(i) as f64 / 10.0).collect();
            let name = "l".to_owned();
            let cells = Cells::new(genes, names, values, vec![Lineage { name, pseudotime }]);
            series_of_lineages(&cells.expect("sound")).expect("sound")
        };
        let (one, other) = (build(false), build(true));
        assert_eq!(one.series()[0].len(), 14);
        assert_eq!(one.series()[0].times(), other.series()[0].times());
        assert_eq!(one.series()[0].values(), other.series()[0].values());
    }
}
