import RecurrentCharts

extension UnfoldedPicture {
    /// For a file of its own.
    package var svg: String { drawn(.file) }

    /// To stand in a page.
    var inline: String { drawn(.page) }

    private func drawn(_ medium: Medium) -> String {
        let layout = UnfoldedLayout(self)
        var canvas = SVGCanvas()
        legend(layout, &canvas)
        shareAxis(layout, &canvas)
        for (index, (left, right)) in zip(columns, columns.dropFirst()).enumerated() {
            edge(from: left, to: right, layout.centres[index], layout.centres[index + 1], layout, &canvas)
        }
        for (column, x) in zip(columns, layout.centres) {
            guard let step = column else {
                canvas.text("· · ·", x, layout.stateMiddle + 5, size: 20, .muted)
                continue
            }
            state(step, x, layout, &canvas)
            if step.number > 0 { cell(step, x, layout, &canvas) }
        }
        return Picture(
            title: "A network unfolded over \(N) steps, and the gradient of its loss flowing back",
            size: PictureSize(width: layout.width, height: layout.height), medium: medium
        ).svg(canvas.shapes, isScaled: false)
    }

    /// The thickness of an arrow that carries a gradient of this norm.
    private func thickness(_ norm: Double) -> Double {
        let largest = steps.map(\.gradientNorm).filter(\.isFinite).max() ?? 0
        return largest > 0 ? 1.2 + 8 * min(1, norm / largest) : 1.2
    }

    private func legend(_ layout: UnfoldedLayout, _ canvas: inout SVGCanvas) {
        let x = 27.0
        canvas.arrow(x, 30, x + 34, 30, thickness: 1.8, .grey)
        canvas.text("forwards, through the weights", x + 44, 34, size: 12.5, anchor: "start", .muted)
        canvas.arrow(x + 34, 52, x, 52, thickness: 5, .orange)
        canvas.text(
            "the gradient of E_\(N) flowing back; × the norm of each Jacobian", x + 44, 56, size: 12.5,
            anchor: "start", .muted)
    }

    /// Both arrows between two neighbouring states, one of which may be the ellipsis.
    private func edge(
        from left: Step?, to right: Step?, _ x1: Double, _ x2: Double, _ layout: UnfoldedLayout,
        _ canvas: inout SVGCanvas
    ) {
        guard let k = right?.number ?? left.map({ $0.number + 1 }) else { return }
        let start = x1 + (left == nil ? 26 : UnfoldedLayout.stateWidth / 2) + 2
        let end = x2 - (right == nil ? 26 : UnfoldedLayout.stateWidth / 2) - 2
        let (above, below) = (layout.stateMiddle - 10, layout.stateMiddle + 12)
        canvas.arrow(start, above, end, above, thickness: 1.8, .grey)
        canvas.text("W_s", (start + end) / 2, above - 9, size: 15, .ink(.blue))
        canvas.arrow(
            end, below, start, below, thickness: thickness(steps[k - 1].gradientNorm), .orange)
        canvas.text(
            "× \(Self.brief(jacobianNorms[k - 1]))", (start + end) / 2, below + 21, size: 12, .ink(.orange))
    }

    /// A state with its values and the gradient that reaches it.
    private func state(_ step: Step, _ x: Double, _ layout: UnfoldedLayout, _ canvas: inout SVGCanvas) {
        let (width, y) = (UnfoldedLayout.stateWidth, layout.stateY)
        canvas.box(
            x - width / 2, y, width, layout.stateHeight, step.number == 0 ? .grey : .blue)
        canvas.text("s_\(step.number)", x - 36, y + 20, size: 16)
        canvas.text("∂E_\(N)/∂s_\(step.number)", x + 30, y + 19, size: 13, .ink(.orange))
        numbers(step.state, x - 36, y, .strong, &canvas)
        numbers(step.gradient, x + 30, y, .ink(.orange), &canvas)
    }

    /// The input and output of a step, the arrows between them and the state, and the loss of the last step.
    private func cell(_ step: Step, _ x: Double, _ layout: UnfoldedLayout, _ canvas: inout SVGCanvas) {
        let width = UnfoldedLayout.sideWidth
        let isLast = step.number == N
        let stateBottom = layout.stateY + layout.stateHeight
        canvas.arrow(x, layout.inputY - 3, x, stateBottom + 3, thickness: 1.8, .grey)
        canvas.text("W_x", x + 20, stateBottom + 35, size: 15, .ink(.blue))
        canvas.box(x - width / 2, layout.inputY, width, layout.inputHeight, .green)
        canvas.text("x_\(step.number)", x, layout.inputY + 20, size: 16)
        numbers(step.input, x, layout.inputY, .strong, &canvas)
        share(step, x, layout, &canvas)

        let outputBottom = layout.outputY + layout.outputHeight
        let side = isLast ? 9.0 : 0
        canvas.arrow(
            x - side, layout.stateY - 3, x - side, outputBottom + 3, thickness: 1.8, .grey)
        canvas.text("W_y", x - side - 20, outputBottom + 35, size: 15, .ink(.blue))
        if isLast {
            loss(step, x, layout, &canvas)
        } else {
            canvas.box(x - width / 2, layout.outputY, width, layout.outputHeight, .grey)
            canvas.text("y_\(step.number)", x, layout.outputY + 20, size: 16, .muted)
            numbers(step.output, x, layout.outputY, .muted, &canvas)
        }
    }

    private func loss(_ step: Step, _ x: Double, _ layout: UnfoldedLayout, _ canvas: inout SVGCanvas) {
        let width = UnfoldedLayout.stateWidth
        let outputBottom = layout.outputY + layout.outputHeight
        canvas.box(x - width / 2, layout.outputY, width, layout.outputHeight, .purple)
        canvas.text("y_\(N)", x - 36, layout.outputY + 20, size: 16)
        canvas.text("d_\(N)", x + 34, layout.outputY + 20, size: 16, .muted)
        numbers(step.output, x - 36, layout.outputY, .strong, &canvas)
        numbers(target, x + 34, layout.outputY, .muted, &canvas)
        canvas.arrow(
            x + 11, outputBottom + 3, x + 11, layout.stateY - 3, thickness: thickness(step.gradientNorm),
            .orange)
        let lossBottom = layout.lossY + layout.lossHeight
        canvas.box(x - width / 2, layout.lossY, width, layout.lossHeight, .orange)
        canvas.text("E_\(N) = \(Self.brief(loss))", x, layout.lossY + 24, size: 15)
        canvas.arrow(x - 9, layout.outputY - 3, x - 9, lossBottom + 3, thickness: 1.8, .grey)
        canvas.arrow(
            x + 11, lossBottom + 3, x + 11, layout.outputY - 3, thickness: thickness(outputGradientNorm),
            .orange)
    }

    private func shareAxis(_ layout: UnfoldedLayout, _ canvas: inout SVGCanvas) {
        canvas.text("shares of", 27, layout.shareY - 4, size: 12.5, anchor: "start", .muted)
        canvas.text("∂E_\(N)/∂W_s", 27, layout.shareY + 14, size: 12.5, anchor: "start", .ink(.orange))
        canvas.axis(from: 110, to: layout.width - 30, y: layout.shareY)
    }

    /// The share of a step in ∂E_N/∂W_s: a bar upwards if it is positive, downwards if it is negative.
    private func share(_ step: Step, _ x: Double, _ layout: UnfoldedLayout, _ canvas: inout SVGCanvas) {
        let largest = steps.map { abs($0.share) }.max() ?? 0
        let height = largest > 0 ? 32 * step.share / max(1, largest) : 0
        if height != 0 { canvas.bar(x, from: layout.shareY, to: layout.shareY - height, width: 34, .orange) }
        canvas.text(
            percent(step.share, 1), x + 24, layout.shareY - 6, size: 12.5, anchor: "start", .strong)
    }

    private func numbers(
        _ values: [Double], _ x: Double, _ top: Double, _ colour: SVGCanvas.TextColour,
        _ canvas: inout SVGCanvas
    ) {
        for (index, value) in values.enumerated() {
            let y = top + 40 + UnfoldedLayout.lineHeight * Double(index)
            canvas.text(Self.brief(value), x, y, size: 12.5, colour)
        }
    }

    /// A number with about three digits.
    static func brief(_ value: Double) -> String {
        guard value.isFinite else { return shown(value) }
        if value == 0 { return "0" }
        if value == value.rounded(), abs(value) < 1000 { return fixed(value, 0).withMinus }
        if 0.0095..<100 ~= abs(value) { return fixed(value, abs(value) < 10 ? 3 : 1).withMinus }
        return 100..<9999 ~= abs(value) ? fixed(value, 0).withMinus : exponential(value, digits: 2)
    }
}
