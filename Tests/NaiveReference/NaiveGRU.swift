/// The columns of a unit of a GRU: those of n, r and z in W_x and b_s, of r, z and n in W_s.
private struct GRUColumns {
    let (xn, xr, xz): (Int, Int, Int)
    let (sr, sz, sn): (Int, Int, Int)

    init(_ cell: NaiveCell, _ h: Int) {
        (xn, xr, xz) = (h, cell.H + h, 2 * cell.H + h)
        (sr, sz, sn) = (h, cell.H + h, 2 * cell.H + h)
    }
}

/// The gated recurrent unit whose reset comes after the product:
///
///     a = x W_x + b_s        q = s₋ W_s[n] + b_n
///     r = σ(a_r + s₋ W_s[r])   z = σ(a_z + s₋ W_s[z])   n = tanh(a_n + r ⊙ q)
///     s = (1 − z) ⊙ n + z ⊙ s₋
///
/// W_s reads s₋ with elements dropped, the last line all of s₋.
extension NaiveNetwork {
    func gruResetAfter(_ cell: NaiveCell, _ step: inout NaiveStep) {
        let dropped = step.dropped
        for h in 0..<cell.H {
            let at = GRUColumns(cell, h)
            step.argument[at.xr] = a(cell, step, at.xr) + product(dropped, cell.Ws, at.sr)
            step.argument[at.xz] = a(cell, step, at.xz) + product(dropped, cell.Ws, at.sz)
            step.q[h] = product(dropped, cell.Ws, at.sn) + cell.bn[h]
            let r = phi(.sigmoid, step.argument[at.xr])
            step.argument[at.xn] = a(cell, step, at.xn) + r * step.q[h]
            let (z, n) = (phi(.sigmoid, step.argument[at.xz]), phi(.tanh, step.argument[at.xn]))
            step.s[h] = (1 - z) * n + z * step.sBefore[h]
        }
    }

    func gruResetAfterBackward(
        _ cell: NaiveCell, _ step: NaiveStep, _ ds: [Double],
        _ before: inout NaiveStepGradient, _ sums: inout NaiveCellGradient
    ) {
        let dropped = step.dropped
        for h in 0..<cell.H {
            let at = GRUColumns(cell, h)
            let r = phi(.sigmoid, step.argument[at.xr])
            let (dan, daz) = interpolationBackward(cell, step, ds, h, &before)
            let dar = limited(dan * step.q[h] * r * (1 - r))
            let dq = limited(dan * r)
            aBackward(limited(dan), cell, step, at.xn, &before, &sums)
            aBackward(dar, cell, step, at.xr, &before, &sums)
            aBackward(limited(daz), cell, step, at.xz, &before, &sums)
            productBackward(dar, dropped, cell.Ws, at.sr, &before.dropped, &sums.Ws)
            productBackward(limited(daz), dropped, cell.Ws, at.sz, &before.dropped, &sums.Ws)
            productBackward(dq, dropped, cell.Ws, at.sn, &before.dropped, &sums.Ws)
            sums.bn[h] += dq
        }
    }
}

/// The gated recurrent unit whose reset comes before the product; all else is as above:
///
///     p = r ⊙ s₋        n = tanh(a_n + p W_s[n])
extension NaiveNetwork {
    func gruResetBefore(_ cell: NaiveCell, _ step: inout NaiveStep) {
        let dropped = step.dropped
        for h in 0..<cell.H {
            let at = GRUColumns(cell, h)
            step.argument[at.xr] = a(cell, step, at.xr) + product(dropped, cell.Ws, at.sr)
            step.argument[at.xz] = a(cell, step, at.xz) + product(dropped, cell.Ws, at.sz)
        }
        let p = resetState(cell, step)
        for h in 0..<cell.H {
            let at = GRUColumns(cell, h)
            step.argument[at.xn] = a(cell, step, at.xn) + product(p, cell.Ws, at.sn)
            let (z, n) = (phi(.sigmoid, step.argument[at.xz]), phi(.tanh, step.argument[at.xn]))
            step.s[h] = (1 - z) * n + z * step.sBefore[h]
        }
    }

    func gruResetBeforeBackward(
        _ cell: NaiveCell, _ step: NaiveStep, _ ds: [Double],
        _ before: inout NaiveStepGradient, _ sums: inout NaiveCellGradient
    ) {
        let (dropped, p) = (step.dropped, resetState(cell, step))
        var dp = p.map { _ in 0.0 }
        for h in 0..<cell.H {
            let at = GRUColumns(cell, h)
            let wanted = interpolationBackward(cell, step, ds, h, &before)
            let (dan, daz) = (limited(wanted.dan), limited(wanted.daz))
            aBackward(dan, cell, step, at.xn, &before, &sums)
            aBackward(daz, cell, step, at.xz, &before, &sums)
            productBackward(dan, p, cell.Ws, at.sn, &dp, &sums.Ws)
            productBackward(daz, dropped, cell.Ws, at.sz, &before.dropped, &sums.Ws)
        }
        // All of p is read by each n, so that δp is complete only now.
        for h in 0..<cell.H {
            let at = GRUColumns(cell, h)
            let r = phi(.sigmoid, step.argument[at.xr])
            let dar = limited(dp[h] * dropped[h] * r * (1 - r))
            before.dropped[h] += dp[h] * r
            aBackward(dar, cell, step, at.xr, &before, &sums)
            productBackward(dar, dropped, cell.Ws, at.sr, &before.dropped, &sums.Ws)
        }
    }

    /// p
    private func resetState(_ cell: NaiveCell, _ step: NaiveStep) -> [Double] {
        (0..<cell.H).map { phi(.sigmoid, step.argument[GRUColumns(cell, $0).xr]) * step.dropped[$0] }
    }
}

/// What both forms share.
extension NaiveNetwork {
    /// Column j of a.
    private func a(_ cell: NaiveCell, _ step: NaiveStep, _ j: Int) -> Double {
        product(step.x, cell.Wx, j) + cell.bs[j]
    }

    private func aBackward(
        _ da: Double, _ cell: NaiveCell, _ step: NaiveStep, _ j: Int,
        _ before: inout NaiveStepGradient, _ sums: inout NaiveCellGradient
    ) {
        sums.bs[j] += da
        productBackward(da, step.x, cell.Wx, j, &before.x, &sums.Wx)
    }

    /// The gradients of the arguments of n and z, and of s₋, in (1 − z) ⊙ n + z ⊙ s₋.
    private func interpolationBackward(
        _ cell: NaiveCell, _ step: NaiveStep, _ ds: [Double], _ h: Int, _ before: inout NaiveStepGradient
    ) -> (dan: Double, daz: Double) {
        let at = GRUColumns(cell, h)
        let (z, n) = (phi(.sigmoid, step.argument[at.xz]), phi(.tanh, step.argument[at.xn]))
        before.s[h] += ds[h] * z
        return (ds[h] * (1 - z) * (1 - n * n), ds[h] * (step.sBefore[h] - n) * z * (1 - z))
    }
}
