internal import CRecurrentKernels

/// The vector unit that the elementwise functions use, chosen for this processor when the program is loaded.
public enum VectorUnit {
    /// The name of the unit, for people: "AVX-512", "AVX2 with FMA", "SSE2", "NEON".
    public static var name: String { unsafe String(cString: recurrent_vector_unit()) }
}
