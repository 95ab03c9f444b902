import ArgumentParser

extension CompletionKind {
    static var models: CompletionKind { .file(extensions: ["safetensors"]) }
    static var tables: CompletionKind { .file(extensions: ["csv"]) }
    static var pictures: CompletionKind { .file(extensions: ["svg"]) }
    static var cases: CompletionKind { .file(extensions: ["json"]) }
}
