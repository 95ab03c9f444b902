/// The output function of a squared error, whose derivative the gradient contains.
public enum RowOutput: Sendable {
    case linear, softmax, sigmoid
}
