using Anlauf.Platform.Database;
using Anlauf.Rooms.Situation;

namespace Anlauf.Rooms.Welcome;

/// <summary>„Erstkontakt in 14 Tagen“: share of first contacts by the promised day, by district. Fewer than ten are no figure.</summary>
internal sealed class FirstContactsInTime : IIndicator
{
    public string Id => "welcome.first-contacts";
    public string Name => "Erstkontakt in der versprochenen Zeit";
    public (string One, string Many) Unit => ("Prozent", "Prozent");
    public AreaLevel Level => AreaLevel.District;
    public decimal? Absent => null;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => Task.FromResult("eigenes Register des Ankommens, letzte 90 Tage; unter zehn Fällen keine Angabe");
    public string Clause(bool atLeast, decimal target) => $"kommt der Erstkontakt bei {(atLeast ? "mindestens" : "höchstens")} {Wording.Number(target)} % rechtzeitig";
    public string Sql => "select area_key, share as value from welcome.first_contacts_in_time() where area_key like left(@key, 5) || '%'";
}

/// <summary>„Eine Ansprechperson je Gemeinde“: those who welcome new members at the place itself.</summary>
internal sealed class ContactsByMunicipality : IIndicator
{
    public string Id => "welcome.contacts";
    public string Name => "Ansprechpersonen für neue Mitglieder je Gemeinde";
    public (string One, string Many) Unit => ("Ansprechperson", "Ansprechpersonen");
    public AreaLevel Level => AreaLevel.Municipality;
    public decimal? Absent => 0;
    public Task<string> SourceAsync(Db db, CancellationToken ct) => Task.FromResult("eigenes Register der Ansprechpersonen, heute");
    public string Clause(bool atLeast, decimal target) => $"gibt es {Wording.Amount(atLeast, target)} {(target == 1 ? "Ansprechperson" : "Ansprechpersonen")} für neue Mitglieder";
    public string Sql => "select ags as area_key, contacts::numeric as value from welcome.contacts_by_municipality() where ags like @key || '%'";
}
