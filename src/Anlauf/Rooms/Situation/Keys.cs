namespace Anlauf.Rooms.Situation;

/// <summary>Area keys as they come from addresses.</summary>
internal static class Keys
{
    /// <summary>The key where it is one (2, 5 or 8 digits), else null: what a reader typed never reaches a query.</summary>
    public static string? Valid(string? key) => key is { Length: 2 or 5 or 8 } && key.All(char.IsAsciiDigit) ? key : null;
}
