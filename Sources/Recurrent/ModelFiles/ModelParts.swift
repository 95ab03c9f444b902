/// The names that the parts of a network have in a file that another program wrote: in PyTorch's `state_dict`
/// those of the modules, such as "model.encoder" for a tensor `model.encoder.weight_ih_l0`, or empty for
/// `weight_ih_l0` alone.
///
/// A part that is not named is found by itself, or an error lists what it may be:
///
/// - the recurrent part is the one with a `weight_ih_l0`;
/// - the read-out is `readout` beside it, or the one matrix `….weight` with as many columns as the states
///   that it reads; of several the one with a `.bias`;
/// - the embedding is `embedding` beside it, or the one other matrix `….weight` without a bias and with as
///   many columns as `weight_ih_l0` has.
public struct ModelParts: Equatable, Sendable {
    public let recurrent: String?
    public let readOut: String?
    public let embedding: String?
    /// True if the tensors of other parts are left unread.
    public let ignoresOthers: Bool

    /// - Parameters:
    ///   - recurrent: the layers; found by default.
    ///   - readOut: W_y and b_y; found by default.
    ///   - embedding: found by default, if there is one.
    ///   - ignoresOthers: true if the tensors of other parts are to be left unread; by default they are an
    ///     error.
    public init(
        recurrent: String? = nil, readOut: String? = nil, embedding: String? = nil,
        ignoresOthers: Bool = false
    ) {
        self.recurrent = recurrent
        self.readOut = readOut
        self.embedding = embedding
        self.ignoresOthers = ignoresOthers
    }
}
