import RecurrentCharts

/// One training of a run.
package struct TrainingRecord: Sendable {
    enum Detail {
        /// Every curve.
        case full
        /// Only the curves that are drawn beside those of other trainings.
        case line
        case none
    }

    var begin: TrainingBegin?
    var result: TrainingResult?
    private(set) var lastStep: StepRecord?
    private(set) var lastEpoch: EpochRecord?
    package private(set) var bestEpoch: Int?
    private(set) var firstDiagnosis: Diagnosis?
    private(set) var lastDiagnosis: Diagnosis?

    /// By step.
    private(set) var stepLoss = ThinnedCurve()
    private(set) var gradientNorm = ThinnedCurve()
    private(set) var learningRate = ThinnedCurve()
    /// By epoch.
    private(set) var loss: ThinnedCurve
    private(set) var validationLoss: ThinnedCurve
    private(set) var saturation = ThinnedCurve()
    /// The mean of the forget gate of each cell, by epoch; empty for cells other than LSTMs.
    private(set) var forgetGates: [ThinnedCurve] = []

    private let detail: Detail

    init(_ detail: Detail) {
        self.detail = detail
        loss = ThinnedCurve(limit: detail == .full ? 1200 : 120)
        validationLoss = loss
    }

    mutating func add(_ step: StepRecord) {
        lastStep = step
        guard detail == .full else { return }
        let x = Double(step.step)
        Self.add(Point(x, step.loss), to: &stepLoss)
        Self.add(Point(x, step.gradientNorm), to: &gradientNorm)
        Self.add(Point(x, step.learningRate), to: &learningRate)
    }

    mutating func add(_ epoch: EpochRecord) {
        lastEpoch = epoch
        if epoch.best { bestEpoch = epoch.epoch }
        guard detail != .none else { return }
        let x = Double(epoch.epoch)
        Self.add(Point(x, epoch.loss), to: &loss)
        if let validation = epoch.validationLoss { Self.add(Point(x, validation), to: &validationLoss) }
        if detail == .full { Self.add(Point(x, epoch.saturation), to: &saturation) }
    }

    mutating func add(_ diagnosis: Diagnosis) {
        guard detail == .full else { return }
        if firstDiagnosis.map({ diagnosis.epoch <= $0.epoch }) ?? true { firstDiagnosis = diagnosis }
        lastDiagnosis = diagnosis
        for (index, cell) in diagnosis.cells.enumerated() {
            if index == forgetGates.count { forgetGates.append(ThinnedCurve()) }
            guard let gate = cell.forgetGate else { continue }
            Self.add(Point(Double(diagnosis.epoch), gate), to: &forgetGates[index])
        }
    }

    /// Adds a point, replacing those of steps that are repeated after a return to a checkpoint.
    private static func add(_ point: Point, to curve: inout ThinnedCurve) {
        curve.remove(from: point.x)
        curve.add(point)
    }
}
