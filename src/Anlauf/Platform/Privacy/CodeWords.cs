namespace Anlauf.Platform.Privacy;

/// <summary>German words for the codes of one column, from the list the room's pages use: what somebody is told about herself reads like they do.</summary>
/// <param name="Column">Schema, table and column: „members.consent.kind“.</param>
/// <param name="Word">The word of a code; the code itself where it has none.</param>
public sealed record CodeWords(string Column, Func<string, string> Word);

/// <summary>How a room says which words its codes have.</summary>
public static class CodeWordsSetup
{
    /// <summary>Registers the words of the codes of several columns.</summary>
    public static IServiceCollection AddCodeWords(this IServiceCollection services, Func<string, string> word, params string[] columns)
    {
        foreach (var column in columns) services.AddSingleton(new CodeWords(column, word));
        return services;
    }

    /// <summary>Registers words for columns that no page shows, by code.</summary>
    public static IServiceCollection AddCodeWords(this IServiceCollection services, string column, params (string Code, string Word)[] words)
    {
        var known = words.ToDictionary(w => w.Code, w => w.Word);
        return services.AddCodeWords(code => known.GetValueOrDefault(code, code), column);
    }
}
