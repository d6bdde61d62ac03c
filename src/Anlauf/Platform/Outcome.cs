namespace Anlauf.Platform;

/// <summary>A reason to say no that people may read: a German sentence with the remedy, and the field it belongs to where there is one.</summary>
/// <param name="Message">German sentence: what is wrong, what to do.</param>
/// <param name="Field">Name of the input property, or null where it concerns the whole.</param>
public record Refusal(string Message, string? Field = null)
{
    /// <summary>Further reasons, where a form with many fields says all at once what is wrong.</summary>
    public IReadOnlyList<Refusal> More { get; init; } = [];

    /// <summary>This reason and the further ones.</summary>
    public IEnumerable<Refusal> All => [this, .. More];
}

/// <summary>What the database's transaction asks of a result: was it done?</summary>
public interface IOutcome
{
    /// <summary>True where the use case was carried out.</summary>
    bool Done { get; }
}

/// <summary>Result of a use case: done with a value, or refused with a reason. A bug is an exception, an expected „no“ is this.</summary>
public readonly record struct Outcome<T>(T? Value, Refusal? Refusal) : IOutcome
{
    /// <inheritdoc/>
    public bool Done => Refusal is null;

    /// <summary>The use case was carried out.</summary>
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>The use case was refused.</summary>
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
