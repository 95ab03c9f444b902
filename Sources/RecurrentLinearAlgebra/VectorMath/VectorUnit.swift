internal import CRecurrentKernels

/// The vector unit that the elementwise functions run on, chosen for this processor at load time.
public enum VectorUnit {
    /// For people to read: "AVX-512", "AVX2 with FMA", "SSE2", "NEON".
    public static var name: String { unsafe String(cString: vector_unit()) }
}
