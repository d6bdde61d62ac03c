using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Anlauf.Platform.Hosting;

/// <summary>Help in German throughout: the German of the library of the command line has gaps, which are filled here.</summary>
internal sealed class GermanHelp(HelpAction own) : SynchronousCommandLineAction
{
    // whole lines or words the library writes itself; descriptions of our own never contain them
    private static readonly (string English, string German)[] Gaps =
    [
        ("Description:\n", "Beschreibung:\n"), ("Usage:\n", "Nutzung:\n"), ("Arguments:\n", "Argumente:\n"), ("Options:\n", "Optionen:\n"), ("Commands:\n", "Befehle:\n"),
        ("Additional Arguments:\n", "Zusätzliche Argumente:\n"), ("Arguments passed to the application that is being run.", "Werden an das gestartete Programm weitergegeben."),
        (" [command]", " [Befehl]"), (" [options]", " [Optionen]"), ("[[--] <additional arguments>...]]", "[[--] <weitere Argumente>...]]"),
        ("[default: ", "[sonst: "), ("(REQUIRED)", "(nötig)"),
        ("Show help and usage information", "Diese Hilfe anzeigen"), ("Show version information", "Versionsinformationen anzeigen"),
    ];

    /// <summary>Lets a command line and all its commands help in German.</summary>
    public static void Use(RootCommand root)
    {
        foreach (var option in root.Options.OfType<HelpOption>())
            if (option.Action is HelpAction action) option.Action = new GermanHelp(action);
    }

    /// <summary>Who asks for help need not have said everything else.</summary>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        ArgumentNullException.ThrowIfNull(parseResult);
        var (to, text) = (parseResult.InvocationConfiguration.Output, new StringWriter { NewLine = "\n" });
        parseResult.InvocationConfiguration.Output = text;
        int code;
        try
        {
            code = own.Invoke(parseResult);
        }
        finally
        {
            parseResult.InvocationConfiguration.Output = to;
        }
        to.Write(Gaps.Aggregate(text.ToString(), (german, gap) => german.Replace(gap.English, gap.German, StringComparison.Ordinal)));
        return code;
    }
}
