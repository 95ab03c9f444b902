import Recurrent

/// The origin of the gradient in time: norms, bounds and shares, a row for each number of steps back.
struct OriginTable {
    struct Row {
        let step: Int
        let jacobian: JacobianDecay.Part
        let byStateWeights: GradientOrigin.Part
        let byInputWeights: GradientOrigin.Part
    }

    let N: Int
    let rows: [Row]

    init(N: Int, gradient: UnfoldedGradient<Double>, decay: JacobianDecay) {
        self.N = N
        let (byStateWeights, byInputWeights) = (
            GradientOrigin(of: gradient), GradientOrigin(of: gradient, by: .inputWeights)
        )
        rows = gradient.terms.enumerated().map { k, term in
            Row(
                step: term.step, jacobian: decay.parts[k], byStateWeights: byStateWeights.parts[k],
                byInputWeights: byInputWeights.parts[k])
        }
    }

    /// The heading of each column of `cells`.
    var header: [Explanation.Sentence] {
        [
            "steps back", "i", "\(.norm(.derivative(.s(N), by: .s_i)))", "bound by slopes",
            "bound by \(.W_s)",
            "\(.norm(.word("term"))), \(.W_s)", "share", "\(.norm(.word("term"))), \(.W_x)", "share",
        ]
    }

    var cells: [[String]] {
        rows.map { row in
            [
                "\(row.jacobian.stepsBack)", "\(row.step)", shown(row.jacobian.norm),
                shown(row.jacobian.slopeBound), shown(row.jacobian.bound), shown(row.byStateWeights.norm),
                percent(row.byStateWeights.share, 1), shown(row.byInputWeights.norm),
                percent(row.byInputWeights.share, 1),
            ]
        }
    }
}
