using System.Globalization;
using System.Text.Json;
using Anlauf.Platform.Web;
using Anlauf.Platform.Web.Search;

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

    /// <summary>
    /// Counting ends here: at 10,000 for everybody and for the members there are, at 2,000 with a narrower filter, at 1,000 with a name.
    /// A list that is longer needs another filter, not more pages; the exact number of a whole state takes longer than its page.
    /// </summary>
    public int CountedUpTo => Search.Length > 0 ? 1_000 : Days is null && Offer is null && !Contact && Kind != "none" && Standing is null or "active" ? 10_000 : 2_000;

    /// <summary>Reads the address; what is not known is left out.</summary>
    public static MemberFilter From(Func<string, string?> value) => new((value("name") ?? "").Trim(), QueryNumber.Of(value("gliederung")),
        value("art") is { } kind && (kind == "none" || MemberWords.Kinds.Any(k => k.Id == kind)) ? kind : null,
        value("stand") is "active" or "waiting" or "left" ? value("stand") : null,
        int.TryParse(value("neu"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3660 ? days : null,
        value("angebot") is { Length: > 0 and <= 80 } offer ? offer : null, value("ansprache") == "ja",
        value("wahl") is null || value("alle") == "ja" ? null : string.Join(',', (value("auswahl") ?? "").Split(',').Select(QueryNumber.Of).OfType<int>().Distinct().Take(500)));

    /// <summary>Of a request, where a box that was ticked several times stands several times.</summary>
    public static MemberFilter Of(HttpRequest request) => From(name => SearchWords.Of(request, name));

    /// <summary>Address of the list with the filter of a request, without what was ticked in it: the way back from what is done to a selection.</summary>
    public static string Back(HttpRequest request) => Microsoft.AspNetCore.WebUtilities.QueryHelpers.AddQueryString("/menschen",
        request.Query.Where(q => q.Key is "name" or "gliederung" or "art" or "stand" or "neu" or "angebot" or "ansprache" && q.Value.ToString().Length > 0).Select(q => KeyValuePair.Create(q.Key, (string?)q.Value.ToString())));

    /// <summary>The same from a query string.</summary>
    public static MemberFilter FromQuery(string query)
    {
        var values = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(query);
        return From(name => values.TryGetValue(name, out var found) ? found.ToString() : null);
    }

    /// <summary>A query as it is kept: without a searched name, and its words as they read, so that an erasure finds who is named; only what parts a query stays written in signs.</summary>
    public static string ToKeep(string query) => string.Join('&', query.Split('&').Where(part => !part.StartsWith("name=", StringComparison.Ordinal)).Select(part => Value(part, Readable)));

    /// <summary>A kept query as it stands in the address of the list.</summary>
    public static string InAddress(string kept) => string.Join('&', kept.Split('&').Select(part => Value(part, value => value == "*" ? value : Uri.EscapeDataString(Uri.UnescapeDataString(value)))));

    private static string Value(string part, Func<string, string> turn) => part.IndexOf('=', StringComparison.Ordinal) is > -1 and var at ? part[..(at + 1)] + turn(part[(at + 1)..]) : part;

    private static string Readable(string value) => Signs.Aggregate(Uri.UnescapeDataString(value), (text, sign) => text.Replace(sign.ToString(), Uri.HexEscape(sign), StringComparison.Ordinal));

    // the percent sign first: it stands in what the others become
    private const string Signs = "%&+=#";

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

    /// <summary>The filter in words, for the record of a list that is given out; the record outlasts an erasure, so it does not say whom somebody searched for.</summary>
    public string InWords(string? division) => Chips(division) is { Count: > 0 } chips ? string.Join("; ", chips.Select(c => c.Name == "name" ? "mit einem Namen gesucht" : $"{c.Title}: {c.Value}")) : "alle";
}
