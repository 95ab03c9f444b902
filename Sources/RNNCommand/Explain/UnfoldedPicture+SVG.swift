import Foundation

/// Where things stand in the picture.
private struct PictureLayout {
    static let stateWidth = 138.0
    static let sideWidth = 84.0
    static let pitch = 222.0
    static let gapPitch = 150.0
    static let lineHeight = 16.0
    static let gap = 58.0

    let stateHeight, inputHeight, outputHeight: Double
    let lossHeight = 38.0
    /// Top edges.
    let lossY, outputY, stateY, inputY, shareY: Double
    /// The middles of all columns.
    let centres: [Double]
    let width, height: Double

    init(_ picture: UnfoldedPicture) {
        let columns = picture.columns
        func boxHeight(_ numbers: Int) -> Double { 32 + Self.lineHeight * Double(numbers) }
        let step = picture.steps[picture.N]
        stateHeight = boxHeight(step.state.count)
        inputHeight = boxHeight(step.input.count)
        outputHeight = boxHeight(step.output.count)
        // A narrow picture has no room for the legend beside the loss.
        lossY = picture.N <= 2 ? 78 : 22
        outputY = lossY + lossHeight + 44
        stateY = outputY + outputHeight + Self.gap
        inputY = stateY + stateHeight + Self.gap
        shareY = inputY + inputHeight + 62
        var centres = [96.0]
        for (left, right) in zip(columns, columns.dropFirst()) {
            let pitch = left == nil || right == nil ? Self.gapPitch : Self.pitch
            centres.append(centres[centres.count - 1] + pitch)
        }
        self.centres = centres
        width = max(480, centres[centres.count - 1] + 116)
        height = shareY + 50
    }

    var stateMiddle: Double { stateY + stateHeight / 2 }
}

extension UnfoldedPicture {
    /// The picture as SVG that needs nothing else to be seen.
    var svg: String {
        let layout = PictureLayout(self)
        var canvas = SVGCanvas()
        legend(layout, &canvas)
        shareAxis(layout, &canvas)
        for (index, (left, right)) in zip(columns, columns.dropFirst()).enumerated() {
            edge(from: left, to: right, layout.centres[index], layout.centres[index + 1], layout, &canvas)
        }
        for (column, x) in zip(columns, layout.centres) {
            guard let step = column else {
                canvas.text("· · ·", x, layout.stateMiddle + 5, size: 20, kind: "quiet")
                continue
            }
            state(step, x, layout, &canvas)
            if step.number > 0 { cell(step, x, layout, &canvas) }
        }
        return canvas.svg(
            width: layout.width, height: layout.height,
            title: "A network unfolded over \(N) steps, and the gradient of its loss flowing back")
    }

    /// The thickness of an arrow that carries a gradient of this norm.
    private func thickness(_ norm: Double) -> Double {
        let largest = steps.map(\.gradientNorm).filter(\.isFinite).max() ?? 0
        return largest > 0 ? 1.2 + 8 * min(1, norm / largest) : 1.2
    }

    private func legend(_ layout: PictureLayout, _ canvas: inout SVGCanvas) {
        let x = 27.0
        canvas.arrow(x, 30, x + 34, 30, thickness: 1.8, kind: "forward")
        canvas.text("forwards, through the weights", x + 44, 34, size: 12.5, anchor: "start", kind: "quiet")
        canvas.arrow(x + 34, 52, x, 52, thickness: 5, kind: "back")
        canvas.text(
            "the gradient of E_\(N) flowing back; × the norm of each Jacobian", x + 44, 56, size: 12.5,
            anchor: "start",
            kind: "quiet")
    }

    /// Both arrows between two neighbouring states, one of which may be the ellipsis.
    private func edge(
        from left: Step?, to right: Step?, _ x1: Double, _ x2: Double, _ layout: PictureLayout,
        _ canvas: inout SVGCanvas
    ) {
        guard let k = right?.number ?? left.map({ $0.number + 1 }) else { return }
        let start = x1 + (left == nil ? 26 : PictureLayout.stateWidth / 2) + 2
        let end = x2 - (right == nil ? 26 : PictureLayout.stateWidth / 2) - 2
        let (above, below) = (layout.stateMiddle - 10, layout.stateMiddle + 12)
        canvas.arrow(start, above, end, above, thickness: 1.8, kind: "forward")
        canvas.text("W_s", (start + end) / 2, above - 9, size: 15, kind: "weight")
        canvas.arrow(
            end, below, start, below, thickness: thickness(steps[k - 1].gradientNorm), kind: "back")
        canvas.text(
            "× \(Self.short(jacobianNorms[k - 1]))", (start + end) / 2, below + 21, size: 12, kind: "flow")
    }

    /// A state with its values and the gradient that reaches it.
    private func state(_ step: Step, _ x: Double, _ layout: PictureLayout, _ canvas: inout SVGCanvas) {
        let (width, y) = (PictureLayout.stateWidth, layout.stateY)
        canvas.box(
            x - width / 2, y, width, layout.stateHeight, kind: step.number == 0 ? "start" : "state")
        canvas.text("s_\(step.number)", x - 36, y + 20, size: 16)
        canvas.text("∂E_\(N)/∂s_\(step.number)", x + 30, y + 19, size: 13, kind: "flow")
        numbers(step.state, x - 36, y, "words", &canvas)
        numbers(step.gradient, x + 30, y, "flow", &canvas)
    }

    /// Input and output of a step, the arrows between them and the state, and at the last step the loss.
    private func cell(_ step: Step, _ x: Double, _ layout: PictureLayout, _ canvas: inout SVGCanvas) {
        let width = PictureLayout.sideWidth
        let isLast = step.number == N
        let stateBottom = layout.stateY + layout.stateHeight
        canvas.arrow(x, layout.inputY - 3, x, stateBottom + 3, thickness: 1.8, kind: "forward")
        canvas.text("W_x", x + 20, stateBottom + 35, size: 15, kind: "weight")
        canvas.box(x - width / 2, layout.inputY, width, layout.inputHeight, kind: "input")
        canvas.text("x_\(step.number)", x, layout.inputY + 20, size: 16)
        numbers(step.input, x, layout.inputY, "words", &canvas)
        share(step, x, layout, &canvas)

        let outputBottom = layout.outputY + layout.outputHeight
        let side = isLast ? 9.0 : 0
        canvas.arrow(
            x - side, layout.stateY - 3, x - side, outputBottom + 3, thickness: 1.8, kind: "forward")
        canvas.text("W_y", x - side - 20, outputBottom + 35, size: 15, kind: "weight")
        if isLast {
            loss(step, x, layout, &canvas)
        } else {
            canvas.box(x - width / 2, layout.outputY, width, layout.outputHeight, kind: "start")
            canvas.text("y_\(step.number)", x, layout.outputY + 20, size: 16, kind: "quiet")
            numbers(step.output, x, layout.outputY, "quiet", &canvas)
        }
    }

    private func loss(_ step: Step, _ x: Double, _ layout: PictureLayout, _ canvas: inout SVGCanvas) {
        let width = PictureLayout.stateWidth
        let outputBottom = layout.outputY + layout.outputHeight
        canvas.box(x - width / 2, layout.outputY, width, layout.outputHeight, kind: "output")
        canvas.text("y_\(N)", x - 36, layout.outputY + 20, size: 16)
        canvas.text("d_\(N)", x + 34, layout.outputY + 20, size: 16, kind: "quiet")
        numbers(step.output, x - 36, layout.outputY, "words", &canvas)
        numbers(target, x + 34, layout.outputY, "quiet", &canvas)
        canvas.arrow(
            x + 11, outputBottom + 3, x + 11, layout.stateY - 3, thickness: thickness(step.gradientNorm),
            kind: "back")
        let lossBottom = layout.lossY + layout.lossHeight
        canvas.box(x - width / 2, layout.lossY, width, layout.lossHeight, kind: "loss")
        canvas.text("E_\(N) = \(Self.short(loss))", x, layout.lossY + 24, size: 15)
        canvas.arrow(x - 9, layout.outputY - 3, x - 9, lossBottom + 3, thickness: 1.8, kind: "forward")
        canvas.arrow(
            x + 11, lossBottom + 3, x + 11, layout.outputY - 3, thickness: thickness(outputGradientNorm),
            kind: "back")
    }

    private func shareAxis(_ layout: PictureLayout, _ canvas: inout SVGCanvas) {
        canvas.text("shares of", 27, layout.shareY - 4, size: 12.5, anchor: "start", kind: "quiet")
        canvas.text("∂E_\(N)/∂W_s", 27, layout.shareY + 14, size: 12.5, anchor: "start", kind: "flow")
        canvas.line(110, layout.shareY, layout.width - 30, layout.shareY)
    }

    /// A bar up for a share that pulls along, down for one that pulls against the sum.
    private func share(_ step: Step, _ x: Double, _ layout: PictureLayout, _ canvas: inout SVGCanvas) {
        let largest = steps.map { abs($0.share) }.max() ?? 0
        let height = largest > 0 ? 32 * step.share / max(1, largest) : 0
        if height != 0 { canvas.bar(x, from: layout.shareY, to: layout.shareY - height, width: 34) }
        canvas.text(
            percent(step.share, 1), x + 24, layout.shareY - 6, size: 12.5, anchor: "start", kind: "words")
    }

    private func numbers(
        _ values: [Double], _ x: Double, _ top: Double, _ kind: String, _ canvas: inout SVGCanvas
    ) {
        for (index, value) in values.enumerated() {
            let y = top + 40 + PictureLayout.lineHeight * Double(index)
            canvas.text(Self.short(value), x, y, size: 12.5, kind: kind)
        }
    }

    /// Three digits, for a picture.
    static func short(_ value: Double) -> String {
        guard value.isFinite else { return shown(value) }
        if value == 0 { return "0" }
        if value == value.rounded(), abs(value) < 1000 { return fixed(value, 0).withMinus }
        if 0.0095..<100 ~= abs(value) { return fixed(value, abs(value) < 10 ? 3 : 1).withMinus }
        return 100..<9999 ~= abs(value) ? fixed(value, 0).withMinus : exponential(value, digits: 2)
    }
}
