namespace Anlauf.Intake.Documents.Pdf;

/// <summary>A name such as <c>/Type</c>, without the slash.</summary>
internal sealed record PdfName(string Value);

/// <summary>A string; bytes, whose meaning depends on where it stands.</summary>
internal sealed record PdfString(byte[] Bytes);

/// <summary>A bare word: an operator of a content stream or a keyword of the file structure.</summary>
internal sealed record PdfKeyword(string Value)
{
    /// <summary>Nothing more to read.</summary>
    public static readonly PdfKeyword End = new("");
}

/// <summary>Points to an object elsewhere in the file.</summary>
internal readonly record struct PdfReference(int Number, int Generation);

/// <summary>A dictionary. Values are null, bool, double, <see cref="PdfName"/>, <see cref="PdfString"/>, <see cref="PdfReference"/>, <see cref="List{T}"/>, <see cref="PdfDictionary"/> or <see cref="PdfStream"/>.</summary>
internal sealed class PdfDictionary : Dictionary<string, object?>
{
    public PdfDictionary() : base(StringComparer.Ordinal) { }
}

/// <summary>A dictionary with data, still packed (but already decrypted).</summary>
internal sealed record PdfStream(PdfDictionary Dictionary, ReadOnlyMemory<byte> Packed);
