/// The places of everything in the picture of an unfolded network, in its units.
struct UnfoldedLayout {
    static let stateWidth = 138.0
    static let sideWidth = 84.0
    static let pitch = 222.0
    static let gapPitch = 150.0
    static let lineHeight = 16.0
    static let gap = 58.0

    let stateHeight, inputHeight, outputHeight: Double
    let lossHeight = 38.0
    /// The top edges of the rows; `shareY` is the axis of the shares.
    let lossY, outputY, stateY, inputY, shareY: Double
    /// The middle of each column.
    let centres: [Double]
    let width, height: Double

    init(_ picture: UnfoldedPicture) {
        let columns = picture.columns
        func boxHeight(_ numbers: Int) -> Double { 32 + Self.lineHeight * Double(numbers) }
        let step = picture.steps[picture.N]
        stateHeight = boxHeight(step.state.count)
        inputHeight = boxHeight(step.input.count)
        outputHeight = boxHeight(step.output.count)
        // In a narrow picture the legend has no room beside the loss.
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
