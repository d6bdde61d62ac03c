namespace Anlauf.Platform.Web.Components;

/// <summary>The four states of the house's sign language; the same fill means the same in map, bar, table and print.</summary>
public enum Standing
{
    /// <summary>erreicht: solid petrol.</summary>
    Reached,
    /// <summary>unterwegs, jemand kümmert sich: ochre.</summary>
    UnderWay,
    /// <summary>weißer Fleck, niemand zuständig: hatched.</summary>
    Missing,
    /// <summary>keine Angabe: dotted.</summary>
    Unknown,
}

/// <summary>CSS class and German word of a <see cref="Standing"/>.</summary>
public static class StandingWords
{
    /// <summary>Class of the fill: da, weg, fehlt, ka.</summary>
    public static string Css(this Standing standing) => standing switch
    {
        Standing.Reached => "da",
        Standing.UnderWay => "weg",
        Standing.Missing => "fehlt",
        _ => "ka",
    };

    /// <summary>Default word beside the fill.</summary>
    public static string Word(this Standing standing) => standing switch
    {
        Standing.Reached => "erreicht",
        Standing.UnderWay => "unterwegs",
        Standing.Missing => "niemand zuständig",
        _ => "keine Angabe",
    };
}
