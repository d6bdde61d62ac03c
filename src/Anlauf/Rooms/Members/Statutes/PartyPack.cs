using System.Globalization;

namespace Anlauf.Rooms.Members.Statutes;

/// <summary>How somebody becomes a member: by themselves unless somebody objects, or by a decision.</summary>
public enum AdmissionBy { Objection, Decision }

/// <summary>What it means that nobody has said anything until the end of the period.</summary>
public enum SilenceMeans { Nothing, Accepted, Refused }

/// <summary>What the statute of a party says about admission on a day. Made from rows; no party is named in the program.</summary>
/// <param name="Period">Time for the objection or the decision, from the receipt by the division; null where the statute names none.</param>
/// <param name="Extension">By how much the period may be extended with notice.</param>
/// <param name="RequiresDues">The membership takes effect only when dues have been paid.</param>
/// <param name="GuestRights">Rights of a guest until then.</param>
/// <param name="GuestEnds">After which a guest membership ends.</param>
/// <param name="Retry">After a refusal, how long somebody waits before applying again.</param>
public sealed record PartyPack(string Id, string Name, AdmissionBy Admission, Span? Period, Span? Extension, SilenceMeans Silence, bool RequiresDues, bool GuestRights,
    Span? GuestEnds, Span? Retry, int? MinimumAge)
{
    /// <summary>One rule as it stands in the table.</summary>
    /// <param name="Confidence">high, medium or low.</param>
    public sealed record Rule(string Id, string Value, DateOnly ValidFrom, DateOnly? ValidTo, string Source, string Confidence, DateOnly VerifiedOn);

    /// <summary>Reads the rules of one pack; those missing are the most careful ones: a decision, no period, silence means nothing.</summary>
    public static PartyPack From(string id, string name, IEnumerable<Rule> rules)
    {
        var said = rules.ToDictionary(r => r.Id, r => r.Value);
        return new(id, name,
            said.GetValueOrDefault("admission") == "objection" ? AdmissionBy.Objection : AdmissionBy.Decision,
            Of("period"), Of("extension"),
            said.GetValueOrDefault("silence") switch { "accepted" => SilenceMeans.Accepted, "refused" => SilenceMeans.Refused, _ => SilenceMeans.Nothing },
            said.GetValueOrDefault("requires-dues") == "yes", said.GetValueOrDefault("guest-rights") == "yes", Of("guest-ends"), Of("retry"),
            int.TryParse(said.GetValueOrDefault("minimum-age"), NumberStyles.None, CultureInfo.InvariantCulture, out var age) ? age : null);

        Span? Of(string rule) => Span.Parse(said.GetValueOrDefault(rule));
    }
}
