//! The official measures of the DREAM3 and DREAM4 network challenges: areas under the
//! precision–recall and ROC curves of a list of `L` of all `T` pairs, `P` of them true edges.
//! Precision is integrated between ranks as `∫ tp(k)/k dk`, and the pairs that are not listed
//! follow as if in random order.

use super::ranking::Ranking;

/// Both areas by the conventions of the DREAM challenges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct DreamScores {
    /// Area under the precision–recall curve, interpolated between points as chance would be.
    pub(super) aupr: f64,
    /// Area under the ROC curve.
    pub(super) auroc: f64,
}

/// The DREAM measures: the order of the list counts, also among equal scores, and the unlisted
/// pairs follow as if in random order.
///
/// With `T` pairs, `P` true edges, and a list of `L` pairs holding `p` edges, the precision among
/// the unlisted pairs is `ρ = (P − p)/(T − L)`; the curve is continued along it.
///
/// # Cost     `O(L + P)`.
/// # Source   Stolovitzky, Prill, Califano (2009), Ann. N.Y. Acad. Sci. 1158; Prill et al. (2010),
/// PLoS ONE 5, e9202: the organisers' Matlab code. A list without edges gets `P/T` instead of 0/0.
#[must_use]
pub(super) fn dream(ranking: &Ranking) -> DreamScores {
    let (total, edges) = (ranking.pairs() as f64, ranking.edges() as f64);
    let listed = ranking.predicted() as f64;
    let mut roc = RocArea::new(edges, total - edges);
    let (mut tp, mut fp, mut area) = (0.0, 0.0, 0.0);
    for (at, pair) in ranking.ranked.iter().enumerate() {
        if pair.edge {
            tp += 1.0;
            area += step(at as f64 + 1.0, fp) / edges;
        } else {
            fp += 1.0;
        }
        roc.advance(tp, fp);
    }
    let tail = Tail {
        edges,
        listed,
        found: tp,
        density: if listed < total {
            (edges - tp) / (total - listed)
        } else {
            0.0
        },
    };
    while tp < edges {
        tp += 1.0;
        let precision = tail.precision(tp);
        roc.advance(tp, tp * (1.0 - precision) / precision);
    }
    DreamScores {
        aupr: if listed == 0.0 {
            edges / total
        } else {
            area + tail.area()
        },
        auroc: 1.0 - roc.above,
    }
}

/// Area of one step to the right at rank `rank` with `fp` false edges before it:
/// `1 − fp·ln(rank/(rank − 1))`, the integral of the precision between the two ranks.
fn step(rank: f64, fp: f64) -> f64 {
    if rank == 1.0 {
        1.0
    } else {
        1.0 - fp * (rank / (rank - 1.0)).ln()
    }
}

/// The curve beyond the list: `P` edges in all, `L` pairs listed, `p` edges found, density `ρ`.
struct Tail {
    edges: f64,
    listed: f64,
    found: f64,
    density: f64,
}

impl Tail {
    /// Precision when `tp` edges are found: `ρ·P·r / ((r − r_L)·P + L·ρ)` with `r = tp/P`.
    fn precision(&self, tp: f64) -> f64 {
        self.density * tp / (tp - self.found + self.listed * self.density)
    }

    /// `ρ(1 − r_L) + ρ(r_L − Lρ/P)·ln((Lρ + P(1 − r_L))/(Lρ))`, zero if nothing is left to find.
    fn area(&self) -> f64 {
        if self.density == 0.0 {
            return 0.0;
        }
        let (rho, recall) = (self.density, self.found / self.edges);
        let expected = self.listed * rho;
        rho * (1.0 - recall)
            + rho
                * (recall - expected / self.edges)
                * ((expected + self.edges * (1.0 - recall)) / expected).ln()
    }
}

/// Area between the ROC curve and the axis of recall, by the trapezoid rule over recall.
struct RocArea {
    edges: f64,
    others: f64,
    recall: f64,
    fpr: f64,
    above: f64,
}

impl RocArea {
    fn new(edges: f64, others: f64) -> Self {
        Self {
            edges,
            others,
            recall: 0.0,
            fpr: 0.0,
            above: 0.0,
        }
    }

    fn advance(&mut self, tp: f64, fp: f64) {
        let (recall, fpr) = (tp / self.edges, fp / self.others);
        self.above += (fpr + self.fpr) * (recall - self.recall) / 2.0;
        (self.recall, self.fpr) = (recall, fpr);
    }
}
