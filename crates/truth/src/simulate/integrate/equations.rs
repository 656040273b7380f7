//! A [`System`] in the shape in which the solver crate wants it.

use std::cell::{Cell, RefCell};

use diffsol::{
    ConstantOp, FaerContext, FaerSparseMat, FaerVec, Matrix, NonLinearOp, NonLinearOpJacobian,
    OdeEquations, OdeEquationsRef, Op, UnitCallable,
};
use faer::sparse::SymbolicSparseColMat;

use cistron::dynamics::System;

pub(super) type SparseMatrix = FaerSparseMat<f64>;
pub(super) type Vector = FaerVec<f64>;

/// What a velocity is taken for where it is not finite: so fast that any step is refused, and
/// small enough for its square to be a number.
const REFUSED: f64 = 1e100;

/// A system with its start, and the count of what was asked of it.
pub(super) struct Equations<'s> {
    pub(super) system: &'s dyn System,
    start: &'s [f64],
    context: FaerContext,
    pub(super) evaluations: Cell<usize>,
    pub(super) jacobians: Cell<usize>,
    /// The variable, and when, whose velocity was the last not to be finite.
    pub(super) fault: Cell<Option<(usize, f64)>>,
    values: RefCell<Vec<f64>>,
}

impl<'s> Equations<'s> {
    pub(super) fn new(system: &'s dyn System, start: &'s [f64]) -> Self {
        assert_eq!(start.len(), system.size(), "one number for every variable");
        let values = vec![0.0; system.pattern().map_or(0, |pattern| pattern.len())];
        Self {
            system,
            start,
            context: FaerContext::default(),
            evaluations: Cell::new(0),
            jacobians: Cell::new(0),
            fault: Cell::new(None),
            values: RefCell::new(values),
        }
    }

    fn velocity_into(&self, t: f64, x: &[f64], dx: &mut [f64]) {
        self.evaluations.set(self.evaluations.get() + 1);
        self.system.velocity_into(t, x, dx);
        if let Some(at) = dx.iter().position(|v| !v.is_finite()) {
            self.fault.set(Some((at, t)));
            dx.iter_mut()
                .filter(|v| !v.is_finite())
                .for_each(|v| *v = REFUSED);
        }
    }

    fn jacobian_into(&self, t: f64, x: &[f64], into: &mut [f64]) {
        let pattern = self.system.pattern().expect("implicit methods ask for it");
        self.jacobians.set(self.jacobians.get() + 1);
        let mut values = self.values.borrow_mut();
        self.system.jacobian_into(t, x, &mut values);
        if let Some(at) = values.iter().position(|v| !v.is_finite()) {
            self.fault.set(Some((pattern.entries()[at].0, t)));
            // a derivative that is missing slows the inner iteration down and spoils nothing
            values
                .iter_mut()
                .filter(|v| !v.is_finite())
                .for_each(|v| *v = 0.0);
        }
        pattern.gather(&values, into);
    }
}

/// The numbers of a vector of the solver crate.
pub(super) fn numbers(vector: &Vector) -> &[f64] {
    use diffsol::VectorCommon;
    vector.inner().col_as_slice(0)
}

fn numbers_mut(vector: &mut Vector) -> &mut [f64] {
    diffsol::Vector::inner_mut(vector).col_as_slice_mut(0)
}

macro_rules! square_op {
    ($name:ty) => {
        impl Op for $name {
            type T = f64;
            type V = Vector;
            type M = SparseMatrix;
            type C = FaerContext;

            fn context(&self) -> &FaerContext {
                &self.equations().context
            }

            fn nstates(&self) -> usize {
                self.equations().start.len()
            }

            fn nout(&self) -> usize {
                self.equations().start.len()
            }

            fn nparams(&self) -> usize {
                0
            }
        }
    };
}

impl Equations<'_> {
    fn equations(&self) -> &Self {
        self
    }
}

/// `f(t, x)` and its derivative.
pub(super) struct RightHandSide<'a, 's>(&'a Equations<'s>);

impl<'s> RightHandSide<'_, 's> {
    fn equations(&self) -> &Equations<'s> {
        self.0
    }
}

/// `x` at the start.
pub(super) struct Start<'a, 's>(&'a Equations<'s>);

impl<'s> Start<'_, 's> {
    fn equations(&self) -> &Equations<'s> {
        self.0
    }
}

square_op!(Equations<'_>);
square_op!(RightHandSide<'_, '_>);
square_op!(Start<'_, '_>);

impl NonLinearOp for RightHandSide<'_, '_> {
    fn call_inplace(&self, x: &Vector, t: f64, y: &mut Vector) {
        self.0.velocity_into(t, numbers(x), numbers_mut(y));
    }
}

impl NonLinearOpJacobian for RightHandSide<'_, '_> {
    fn jac_mul_inplace(&self, _: &Vector, _: f64, _: &Vector, _: &mut Vector) {
        unreachable!("the solvers take the matrix");
    }

    fn jacobian_inplace(&self, x: &Vector, t: f64, y: &mut SparseMatrix) {
        self.0
            .jacobian_into(t, numbers(x), y.inner_mut()[0].val_mut());
    }

    fn jacobian_sparsity(&self) -> Option<SymbolicSparseColMat<usize>> {
        let pattern = self.0.system.pattern();
        pattern.map(|pattern| pattern.columns().clone())
    }
}

impl ConstantOp for Start<'_, '_> {
    fn call_inplace(&self, _: f64, y: &mut Vector) {
        numbers_mut(y).copy_from_slice(self.0.start);
    }
}

impl<'a, 's> OdeEquationsRef<'a> for Equations<'s> {
    type Mass = UnitCallable<SparseMatrix>;
    type Rhs = RightHandSide<'a, 's>;
    type Root = UnitCallable<SparseMatrix>;
    type Init = Start<'a, 's>;
    type Out = UnitCallable<SparseMatrix>;
    type Reset = UnitCallable<SparseMatrix>;
}

impl<'s> OdeEquations for Equations<'s> {
    fn rhs(&self) -> RightHandSide<'_, 's> {
        RightHandSide(self)
    }

    fn mass(&self) -> Option<UnitCallable<SparseMatrix>> {
        None
    }

    fn init(&self) -> Start<'_, 's> {
        Start(self)
    }

    fn set_params(&mut self, _: &Vector) {}

    fn get_params(&self, _: &mut Vector) {}
}
