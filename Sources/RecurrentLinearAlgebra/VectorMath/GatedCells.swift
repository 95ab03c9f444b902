// The equations of gated cells over the rows of one timestep, in one pass. This view is the rows of gates, n × 4·H in
// blocks of H columns: i f g o of an LSTM; n r z q of a GRU, or n r z p where the reset comes before the product. Of some
// units only it begins with their columns in the first block and ends with those in the last. On the
// way forwards the gates take the place of their arguments, on the way back the gradients that of the gates. A sigmoid is
// within 3 ulp, a tanh within 2. Rows of different operands share no memory.

extension MutableMatrixView {
    /// i f g o from z_t without its bias;  c = f ⊙ c₋ + i ⊙ g,  s = o ⊙ tanh c.
    package func applyLSTM(
        bias: MatrixView<Element>?, before c₋: MatrixView<Element>, cell c: MutableMatrixView,
        state s: MutableMatrixView
    ) {
        let distance = requireGates(self, bias, s.readOnly)
        requireUnits(s.readOnly, c₋, c.readOnly)
        unsafe Element._lstmForward(
            base, stride, distance, bias?.base, c₋.base, c₋.stride, c.base, c.stride, s.base, s.stride, rows,
            s.columns)
    }

    /// δz from δs and δc;  δc becomes δc₋. tanh c is computed again.
    package func applyLSTMBackward(
        before c₋: MatrixView<Element>, cell c: MatrixView<Element>, δs: MatrixView<Element>,
        δc: MutableMatrixView
    ) {
        let distance = requireGates(self, nil, δs)
        requireUnits(δs, c₋, c)
        requireUnits(δs, δc.readOnly)
        unsafe Element._lstmBackward(
            base, stride, distance, c₋.base, c₋.stride, c.base, c.stride, δs.base, δs.stride, δc.base,
            δc.stride, rows,
            δs.columns)
    }

    /// r, z, q and n from their arguments, those of q and n without the other;  n = tanh(a_n + r ⊙ q),
    /// s = n + z ⊙ (s₋ − n).
    package func applyGRU(
        bias: MatrixView<Element>?, candidateBias: MatrixView<Element>?, before s₋: MatrixView<Element>,
        state s: MutableMatrixView
    ) {
        let distance = requireGates(self, bias, s.readOnly)
        requireUnits(s.readOnly, s₋)
        unsafe Element._gruForward(
            base, stride, distance, bias?.base, candidateBias?.base, s₋.base, s₋.stride, s.base, s.stride,
            rows,
            s.columns)
    }

    /// δa_n, δa_r, δa_z and δq from δs;  δs₋ = δs ⊙ z, added to what is there if `adds`.
    package func applyGRUBackward(
        before s₋: MatrixView<Element>, δs: MatrixView<Element>, δs₋: MutableMatrixView, adds: Bool
    ) {
        let distance = requireGates(self, nil, δs)
        requireUnits(δs, s₋, δs₋.readOnly)
        unsafe Element._gruBackward(
            base, stride, distance, s₋.base, s₋.stride, δs.base, δs.stride, δs₋.base, δs₋.stride, adds, rows,
            δs.columns
        )
    }

    /// r, and p = r ⊙ s₋, with which W_s[n] is multiplied next.
    package func applyGRUReset(bias: MatrixView<Element>?, before s₋: MatrixView<Element>) {
        let distance = requireGates(self, bias, s₋)
        unsafe Element._gruResetForward(
            base, stride, distance, bias?.base, s₋.base, s₋.stride, rows, s₋.columns)
    }

    /// z, n = tanh a_n, and s = n + z ⊙ (s₋ − n).
    package func applyGRUUpdate(
        bias: MatrixView<Element>?, before s₋: MatrixView<Element>, state s: MutableMatrixView
    ) {
        let distance = requireGates(self, bias, s.readOnly)
        requireUnits(s.readOnly, s₋)
        unsafe Element._gruUpdateForward(
            base, stride, distance, bias?.base, s₋.base, s₋.stride, s.base, s.stride, rows, s.columns)
    }

    /// δa_n and δa_z from δs;  δs₋ = δs ⊙ z, added to what is there if `adds`.
    package func applyGRUUpdateBackward(
        before s₋: MatrixView<Element>, δs: MatrixView<Element>, δs₋: MutableMatrixView, adds: Bool
    ) {
        let distance = requireGates(self, nil, δs)
        requireUnits(δs, s₋, δs₋.readOnly)
        unsafe Element._gruUpdateBackward(
            base, stride, distance, s₋.base, s₋.stride, δs.base, δs.stride, δs₋.base, δs₋.stride, adds, rows,
            δs.columns
        )
    }

    /// δa_r from δp;  δp becomes δp ⊙ r, a share of δs₋.
    package func applyGRUResetBackward(δp: MutableMatrixView) {
        let distance = requireGates(self, nil, δp.readOnly)
        unsafe Element._gruResetBackward(base, stride, distance, δp.base, δp.stride, rows, δp.columns)
    }
}
