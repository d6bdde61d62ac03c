using System.CommandLine;
using System.CommandLine.Parsing;

namespace Anlauf.Platform.Hosting;

/// <summary>What is wrong with a command line, in German sentences that name the option and what belongs there.</summary>
internal static class UsageErrors
{
    public static IReadOnlyList<string> In(ParseResult parsed)
    {
        var sentences = new List<string>();
        sentences.AddRange(parsed.UnmatchedTokens.Select(t => $"„{t}“ ist hier unbekannt."));
        var command = parsed.CommandResult.Command;
        if (command is { Action: null, Subcommands.Count: > 0 } && sentences.Count == 0)
            sentences.Add($"Es fehlt, was zu tun ist. Möglich sind: {string.Join(", ", command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name))}.");
        sentences.AddRange(command.Options.Where(o => o.Required && parsed.GetResult(o) is null).Select(o => $"{o.Name} fehlt: {o.Description}."));
        foreach (var result in parsed.Errors.Select(e => e.SymbolResult).Distinct())
            if (Sentence(result) is { } sentence) sentences.Add(sentence);
        return sentences.Count > 0 ? [.. sentences.Distinct()] : [.. parsed.Errors.Select(e => e.Message)];
    }

    private static string? Sentence(SymbolResult? result) => result switch
    {
        OptionResult { Option: VersionOption } option => $"{option.Option.Name} steht allein, ohne weitere Angaben.",
        OptionResult { Implicit: true } option => $"{option.Option.Name} fehlt: {option.Option.Description}.",
        OptionResult { Tokens.Count: 0 } option => $"{option.Option.Name}: es fehlt der Wert ({option.Option.Description}).",
        OptionResult option => $"{option.Option.Name}: „{Text(option)}“ passt nicht; erwartet wird {Expected(option.Option.ValueType)}.",
        // the value of an option is an argument of its own below it
        ArgumentResult { Parent: OptionResult option } => Sentence(option),
        ArgumentResult { Tokens.Count: 0 } argument => $"{argument.Argument.Name} fehlt: {argument.Argument.Description}.",
        ArgumentResult argument => $"{argument.Argument.Name}: „{Text(argument)}“ passt nicht; erwartet wird {Expected(argument.Argument.ValueType)}.",
        _ => null,
    };

    private static string Text(SymbolResult result) => string.Join(' ', result.Tokens.Select(t => t.Value));

    private static string Expected(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(int) || t == typeof(long) || t == typeof(ulong) => "eine ganze Zahl",
        var t when t == typeof(decimal) || t == typeof(double) => "eine Zahl mit Punkt",
        var t when t == typeof(bool) => "true oder false",
        var t when t == typeof(DateOnly) => "ein Datum der Form JJJJ-MM-TT",
        _ => "ein einziger Wert",
    };
}
