/// The origin of the gradient in time: norms, bounds and shares, a row for each number of steps back.
package struct OriginTable {
    package struct Row: Encodable {
        /// The norm of a term, and its share in the sum of all terms.
        package struct Part: Encodable {
            let norm, share: Double

            package init(norm: Double, share: Double) { (self.norm, self.share) = (norm, share) }
        }
        let stepsBack, step: Int
        /// ‖∂s_N/∂s_i‖, and its bounds by the slopes on the sequence and by W_s alone.
        let jacobianNorm, slopeBound, bound: Double
        let stateWeights, inputWeights: Part

        package init(
            stepsBack: Int, step: Int, jacobianNorm: Double, slopeBound: Double, bound: Double,
            stateWeights: Part, inputWeights: Part
        ) {
            (self.stepsBack, self.step, self.jacobianNorm) = (stepsBack, step, jacobianNorm)
            (self.slopeBound, self.bound) = (slopeBound, bound)
            (self.stateWeights, self.inputWeights) = (stateWeights, inputWeights)
        }
    }

    let rows: [Row]
    /// A row stands for each step from N back to 1.
    private var N: Int { rows.count }

    package init(rows: [Row]) { self.rows = rows }

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
                "\(row.stepsBack)", "\(row.step)", shown(row.jacobianNorm),
                shown(row.slopeBound), shown(row.bound), shown(row.stateWeights.norm),
                percent(row.stateWeights.share, 1), shown(row.inputWeights.norm),
                percent(row.inputWeights.share, 1),
            ]
        }
    }
}
