namespace Anlauf.Intake;

/// <summary>A passage of the source: offset of the first character and number of characters in <see cref="SourceText.Text"/>.</summary>
public readonly record struct Span(int Start, int Length)
{
    /// <summary>Offset behind the last character.</summary>
    public int End => Start + Length;

    public static Span Between(int start, int end) => new(start, Math.Max(0, end - start));

    /// <summary>The smallest passage that holds both.</summary>
    public Span To(Span other) => Between(Math.Min(Start, other.Start), Math.Max(End, other.End));

    public bool Touches(Span other) => Start < other.End && other.Start < End;
}

/// <summary>A value and the passage it was read from.</summary>
public sealed record Found<T>(T Value, Span Span);
