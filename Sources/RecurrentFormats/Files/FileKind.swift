import Foundation

/// The kind of a file that was taken for another, told from its bytes. Printed with what to do.
public enum FileKind: Equatable, Sendable, CustomStringConvertible {
    case empty
    /// A zip archive with the Python objects that `torch.save` writes.
    case pyTorch
    /// Python objects, such as `torch.save` wrote before PyTorch 1.6.
    case pickle
    case numPy
    case numPyArchive
    case hdf5
    case gguf
    case zip
    case gzip
    case gitLFSPointer
    /// HTML or XML, such as the page of a server that has not found a file.
    case webPage
    case json
    /// Any other text, with the beginning of its first line.
    case text(String)

    public var description: String {
        switch self {
        case .empty: "an empty file; write or download it again"
        case .pyTorch: "a PyTorch file (.pt, .pth); \(Self.saveInPython)"
        case .pickle: "a Python pickle, such as older versions of PyTorch write; \(Self.saveInPython)"
        case .numPy: "a NumPy array; read it with NumPyArray(contentsOf:)"
        case .numPyArchive: "a NumPy archive (.npz); save the arrays as safetensors in Python"
        case .hdf5: "an HDF5 file, such as Keras writes; save the weights as safetensors in Python"
        case .gguf: "a GGUF file; look for the same model as safetensors"
        case .zip: "a zip archive; unpack it, and give the file in it"
        case .gzip: "a file compressed with gzip; unpack it with gunzip"
        case .gitLFSPointer:
            "a Git LFS pointer, which stands for the file; fetch the file itself with git lfs pull"
        case .webPage:
            "a web page, such as a server sends in place of a file that it does not have; check the address, and download the file again"
        case .json: "JSON; if it is the index of a model in several files, give one of these"
        case .text(let beginning):
            "text that begins with '\(beginning)'; check what was downloaded or written"
        }
    }

    private static let saveInPython =
        "its Python objects cannot be read; load it in Python and save it with safetensors.torch.save_file(model.state_dict(), \"model.safetensors\")"
}

// Telling the kind.
extension FileKind {
    /// The first bytes of some kinds.
    private static let magic: [(bytes: [UInt8], kind: FileKind)] = [
        (Array("\u{93}NUMPY".unicodeScalars.map { UInt8($0.value) }), .numPy),
        ([0x89] + Array("HDF\r\n".utf8), .hdf5), (Array("GGUF".utf8), .gguf), ([0x1F, 0x8B], .gzip),
        (Array("version https://git-lfs".utf8), .gitLFSPointer),
    ]
    /// About as much as the names in a small zip archive take.
    private static let inspected = 4096

    /// The kind of a file that is not of the format it was read as; nil if its bytes do not tell.
    init?(_ data: Data) {
        let bytes = Data(data)
        let beginning = bytes.prefix(Self.inspected)
        if bytes.isEmpty {
            self = .empty
        } else if let known = Self.magic.first(where: { beginning.starts(with: $0.bytes) }) {
            self = known.kind
        } else if beginning.starts(with: [0x50, 0x4B, 3, 4]) {
            self = Self.archive(beginning, end: bytes.suffix(Self.inspected))
        } else if beginning.count > 1, beginning[0] == 0x80, 2...5 ~= beginning[1] {
            self = .pickle
        } else if let text = Self.text(beginning) {
            self = text
        } else {
            return nil
        }
    }

    /// A zip archive, by the names of its entries, which stand before each of them and together at the end.
    private static func archive(_ beginning: Data, end: Data) -> FileKind {
        func contains(_ name: String) -> Bool {
            [beginning, end].contains { $0.range(of: Data(name.utf8)) != nil }
        }
        return contains("data.pkl") ? .pyTorch : contains(".npy") ? .numPyArchive : .zip
    }

    /// nil for bytes that are no text. The last few, which may be half a character, are not looked at.
    private static func text(_ beginning: Data) -> FileKind? {
        let whole = beginning.count < inspected ? beginning : beginning.dropLast(3)
        let isControl = { (byte: UInt8) in byte < 0x20 && ![9, 10, 13].contains(byte) }
        let decoded = (0...3).lazy.compactMap { String(validating: whole.dropLast($0), as: UTF8.self) }.first
        guard let decoded, !whole.contains(where: isControl) else { return nil }
        let text = decoded.trimmingCharacters(in: .whitespacesAndNewlines.union(["\u{FEFF}"]))
        let lowercase = text.prefix(14).lowercased()
        if ["<!doctype html", "<html", "<?xml"].contains(where: lowercase.hasPrefix) { return .webPage }
        if text.hasPrefix("{") || text.hasPrefix("[") { return .json }
        return .text(String(text.prefix { !$0.isNewline }.prefix(60)))
    }
}
