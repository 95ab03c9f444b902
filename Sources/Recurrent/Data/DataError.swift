import RecurrentLinearAlgebra

/// A problem in the data: its place and what to do. Sequences, steps and features are counted from 0, as in the
/// arrays that hold them.
public enum DataError: Error, Equatable, Sendable, CustomStringConvertible {
    case noSequences
    case emptySequence(sequence: Int)
    case width(sequence: Int, step: Int, found: Int, expected: Int)
    case notFinite(sequence: Int, step: Int, feature: Int)
    case length(sequence: Int, found: Int, expected: Int)
    case lengthOutOfRange(sequence: Int, length: Int, steps: Int)
    case lengthCount(found: Int, sequences: Int)
    case tokenOutOfRange(sequence: Int, step: Int, index: Int, vocabulary: Int)
    case classOutOfRange(sequence: Int, step: Int, index: Int, classes: Int)
    case impossibleTarget(sequence: Int, step: Int, TargetProblem)
    case targetCount(found: Int, sequences: Int)
    case targetWidth(found: Int, expected: Int)
    case shorterThanWindow(steps: Int, streams: Int, window: Int)
    case weight(sequence: Int, step: Int, value: Double)
    case weightShape(rows: Int, columns: Int, steps: Int, sequences: Int)
    case classWeight(index: Int, value: Double)
    case classWeightCount(found: Int, classes: Int)
    case weightCount(sequence: Int?, found: Int, expected: Int)
    case classWeightsOfValues
    case valueWeightsOfClasses
    case valueWeightsOfLoss(String)
    case valueWeightShape(rows: Int, columns: Int, expectedRows: Int, expectedColumns: Int)
    case targetWeightsOfLabels
    case labelOutOfRange(sequence: Int, label: Int, classes: Int)
    case labelIsBlank(sequence: Int, label: Int)
    case tooManyLabels(sequence: Int, labels: Int, needed: Int, steps: Int)
    case labelsOfSomeSteps
    case noLoss
    case impossibleLoss(String)
    case targetKind(loss: String, takes: String)
    case rowCount(found: Int, expected: Int)
    case classCount(found: Int, expected: Int)
    case streamCount(Int)
    case emptyPart(units: Int, parts: Int)
    case noClasses
    case tooManySteps(found: Int, limit: Int)

    public var description: String {
        switch self {
        case .noSequences:
            "the batch has no sequences; give at least one"
        case .emptySequence(let sequence):
            "sequence \(sequence) has no steps; remove it"
        case .width(let sequence, let step, let found, let expected):
            "sequence \(sequence), step \(step) has \(found) values where \(expected) are expected; give every step the same width"
        case .notFinite(let sequence, let step, let feature):
            "sequence \(sequence), step \(step), feature \(feature) is NaN or infinite; fill in or remove it"
        case .length(let sequence, let found, let expected):
            "sequence \(sequence) has \(found) targets for \(expected) steps; give one a step"
        case .lengthOutOfRange(let sequence, let length, let steps):
            "sequence \(sequence) has length \(length), which is not in 1...\(steps)"
        case .lengthCount(let found, let sequences):
            "there are \(found) lengths for \(sequences) sequences; give one a sequence"
        case .tokenOutOfRange(let sequence, let step, let index, let vocabulary):
            "sequence \(sequence), step \(step) has token \(index), which is not in 0..<\(vocabulary), the vocabulary"
        case .classOutOfRange(let sequence, let step, let index, let classes):
            "sequence \(sequence), step \(step) has class \(index), which is not in 0..<\(classes)"
        case .impossibleTarget(let sequence, let step, let problem):
            "sequence \(sequence), step \(step) has a target \(problem.rawValue)"
        case .targetCount(let found, let sequences):
            "there are targets for \(found) sequences where there are \(sequences); give one a sequence"
        case .targetWidth(let found, let expected):
            "targets have \(found) values where loss and network take \(expected); make them agree"
        case .shorterThanWindow(let steps, let streams, let window):
            "\(steps) steps in \(streams) streams do not give each a window of \(window); use fewer streams or a shorter window"
        case .weight(let sequence, let step, let value):
            "sequence \(sequence), step \(step) has a loss weight of \(number: value); give a finite number that is at least 0"
        case .weightShape(let rows, let columns, let steps, let sequences):
            "step weights are \(rows) × \(columns); T × B is \(steps) × \(sequences)"
        case .classWeight(let index, let value):
            "class \(index) has a weight of \(number: value); give a finite number that is at least 0"
        case .classWeightCount(let found, let classes):
            "there are weights for \(found) classes where there are \(classes); give one a class"
        case .weightCount(let sequence, let found, let expected):
            "there are \(found) loss weights\(sequence.map { " for sequence \($0)" } ?? "") where \(expected) are expected; give one for each sequence, target or value"
        case .classWeightsOfValues:
            "class weights are given for targets that are no classes of steps or sequences; leave them out"
        case .valueWeightsOfClasses:
            "weights of values are given for targets that are no values; give weights of targets or sequences"
        case .valueWeightsOfLoss(let loss):
            "the loss \(loss) takes no weights of values; give weights of targets"
        case .valueWeightShape(let rows, let columns, let expectedRows, let expectedColumns):
            "weights of values are \(rows) × \(columns), targets \(expectedRows) × \(expectedColumns); make them agree"
        case .targetWeightsOfLabels:
            "weights of targets are given for labels, whose steps are unknown; give weights of sequences"
        case .labelOutOfRange(let sequence, let label, let classes):
            "sequence \(sequence) has the label \(label), which is not in 0..<\(classes)"
        case .labelIsBlank(let sequence, let label):
            "sequence \(sequence) has the label \(label), which is the blank; number labels and blank apart"
        case .tooManyLabels(let sequence, let labels, let needed, let steps):
            "sequence \(sequence) has \(labels) labels and \(steps) steps; the labels take at least \(needed), one each and one more between equal neighbours; shorten them or leave the sequence out"
        case .labelsOfSomeSteps:
            "labels of whole sequences are for networks with an output for every step, all of which count"
        case .impossibleLoss(let problem):
            problem
        case .targetKind(let loss, let takes):
            "the loss \(loss) takes \(takes) as targets"
        case .rowCount(let found, let expected):
            "there are \(found) rows where \(expected) are expected; give one for each step of each sequence, time-major"
        case .classCount(let found, let expected):
            "there are \(found) class targets where \(expected) are expected; give one for each output"
        case .streamCount(let streams):
            "there must be at least one stream, not \(streams)"
        case .noLoss:
            "no step carries a loss; give at least one step a weight other than 0"
        case .emptyPart(let units, let parts):
            "\(units) sequences or groups cannot fill \(parts) parts; use fewer, or larger shares"
        case .noClasses:
            "there is no class for each sequence to stratify by; give classes per sequence, or do not stratify"
        case .tooManySteps(let found, let limit):
            "there are \(found) steps in all, a data set has at most \(limit); train on a part"
        }
    }
}
