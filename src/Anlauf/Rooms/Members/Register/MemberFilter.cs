using System.Globalization;
using System.Text.Json;
using Anlauf.Platform.Web;

namespace Anlauf.Rooms.Members.Register;

/// <summary>What a list of people asks for, as it stands in the address. Every value is one of ours or a number, the search and the offer aside.</summary>
/// <param name="Kind">A kind of membership, or „none“.</param>
/// <param name="Standing">active, waiting or left.</param>
/// <param name="Days">Declaration received within so many days.</param>
/// <param name="Offer">What somebody offers; „*“ is anything.</param>
/// <param name="Contact">Only those who may be addressed.</param>
/// <param name="Chosen">Only those ticked in the list, by number, „12,15“; nobody where nothing is ticked, everybody where it is null.</param>
public sealed record MemberFilter(string Search = "", int? Division = null, string? Kind = null, string? Standing = null, int? Days = null, string? Offer = null, bool Contact = false, string? Chosen = null)
{
    /// <summary>Filters that everybody finds at the left.</summary>
    public static IReadOnlyList<(string Name, string Query)> Common { get; } =
    [
        ("Alle", ""), ("Mitglieder", "art=member&stand=active"), ("In Aufnahme", "art=member&stand=waiting"), ("Neu in 60 Tagen", "neu=60"), ("Bieten etwas an", "angebot=*"),
        ("Gäste", "art=guest"), ("Unterstützende", "art=supporter"), ("Frühere", "stand=left"), ("Ohne Mitgliedschaft", "art=none"),
    ];

    /// <summary>Reads the address; what is not known is left out.</summary>
    public static MemberFilter From(Func<string, string?> value) => new((value("name") ?? "").Trim(), QueryNumber.Of(value("gliederung")),
        value("art") is { } kind && (kind == "none" || MemberWords.Kinds.Any(k => k.Id == kind)) ? kind : null,
        value("stand") is "active" or "waiting" or "left" ? value("stand") : null,
        int.TryParse(value("neu"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3660 ? days : null,
        value("angebot") is { Length: > 0 and <= 80 } offer ? offer : null, value("ansprache") == "ja",
        value("wahl") is null || value("alle") == "ja" ? null : string.Join(',', (value("auswahl") ?? "").Split(',').Select(QueryNumber.Of).OfType<int>().Distinct().Take(500)));

    /// <summary>Of a request, where a box that was ticked several times stands several times.</summary>
    public static MemberFilter Of(HttpRequest request) => From(name => request.Query.TryGetValue(name, out var found) ? found.ToString() : null);

    /// <summary>The same from a query string.</summary>
    public static MemberFilter FromQuery(string query)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        return From(name => values.TryGetValue(name, out var found) ? found.ToString() : null);
    }

    /// <summary>For the database.</summary>
    public string Json => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["search"] = Search,
        ["division"] = Division,
        ["kind"] = Kind,
        ["standing"] = Standing,
        ["days"] = Days,
        ["offer"] = Offer,
        ["contact"] = Contact ? "yes" : null,
        ["ids"] = Chosen?.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
    }.Where(p => p.Value is not null).ToDictionary());

    /// <summary>The filters in force, for the chips above the list.</summary>
    public IReadOnlyList<(string Name, string Title, string Value)> Chips(string? division) =>
    [
        .. new (string Name, string Title, string? Value)[]
        {
            ("name", "Name", Search.Length > 0 ? Search : null), ("gliederung", "Gliederung", Division is null ? null : division ?? "unbekannt"),
            ("art", "Art", Kind is null ? null : Kind == "none" ? "ohne Mitgliedschaft" : MemberWords.Kind(Kind)),
            ("stand", "Stand", Standing switch { "active" => "besteht", "waiting" => "in Aufnahme", "left" => "beendet", _ => null }),
            ("neu", "Neu", Days is { } d ? $"in {d} Tagen" : null), ("angebot", "Angebot", Offer is null ? null : Offer == "*" ? "irgendeines" : Offer), ("ansprache", "Ansprache", Contact ? "erwünscht" : null),
            ("wahl", "ausgewählt", Chosen is null ? null : Chosen.Length == 0 ? "niemand" : (Chosen.Count(c => c == ',') + 1).ToString(CultureInfo.InvariantCulture)),
        }.Where(c => c.Value is not null).Select(c => (c.Name, c.Title, c.Value!)),
    ];

    /// <summary>The filter in words, for the record of a list that is given out.</summary>
    public string InWords(string? division) => Chips(division) is { Count: > 0 } chips ? string.Join("; ", chips.Select(c => $"{c.Title}: {c.Value}")) : "alle";
}
