namespace Anlauf.Platform.Identity;

/// <summary>Browser and system in words, so that people recognise their own sessions. Nothing finer is kept.</summary>
public static class DeviceWords
{
    // order matters: Edge and Opera also say Chrome, Chrome also says Safari
    private static readonly (string Mark, string Name)[] Browsers = [("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari")];
    private static readonly (string Mark, string Name)[] Systems = [("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Mac OS", "Mac"), ("Linux", "Linux")];

    /// <summary>„Firefox auf Windows“ from the header User-Agent; „unbekanntes Gerät“ where it says nothing known.</summary>
    public static string From(string userAgent)
    {
        var browser = Browsers.FirstOrDefault(b => userAgent.Contains(b.Mark, StringComparison.Ordinal)).Name;
        var system = Systems.FirstOrDefault(s => userAgent.Contains(s.Mark, StringComparison.Ordinal)).Name;
        return (browser, system) switch
        {
            (null, null) => "unbekanntes Gerät",
            (null, _) => system,
            (_, null) => browser,
            _ => $"{browser} auf {system}",
        };
    }
}
