using System.Globalization;
using System.Text;

namespace Anlauf.Rooms.Organisation.RightsInWords;

/// <summary>
/// The rights of all roles, arranged for reading: role × data class × what about. Pure: rows in, tables and text out. The page
/// /verwaltung/rechte/rollen and docs/rechte.md both come from here.
/// </summary>
public sealed class RightsBook(IReadOnlyList<RightsBook.Role> roles, IReadOnlyList<RightsBook.DataClass> classes, IReadOnlyList<RightsBook.Right> rights)
{
    public sealed record Role(string Id, string Name, string Description);
    public sealed record DataClass(string Id, string Name);
    public sealed record Right(string RoleId, string Feature, string FeatureName, string Purpose, string Action, string DataClass, string Reach);
    /// <param name="ByAction">How far each action of <see cref="RightsWords.Actions"/> reaches, in words; „–“ where it is not allowed.</param>
    public sealed record Line(string FeatureName, string Purpose, IReadOnlyList<string> ByAction);

    /// <summary>All roles, by name.</summary>
    public IReadOnlyList<Role> Roles => roles;

    /// <summary>Data classes in which some role has a right.</summary>
    public IReadOnlyList<DataClass> Used { get; } = [.. classes.Where(c => rights.Any(r => r.DataClass == c.Id))];

    /// <summary>How far a role sees into a data class: its widest reach, „–“ for not at all.</summary>
    public string Cell(Role role, DataClass of) => RightsWords.Reach(Of(role, of).Select(r => r.Reach));

    /// <summary>0 for nothing to 3 for the farthest: the darker the cell, the wider.</summary>
    public int Width(Role role, DataClass of) => Of(role, of).Select(r => r.Reach switch { "own" => 1, "chain" => 2, _ => 3 }).DefaultIfEmpty(0).Max();

    /// <summary>What a role does with the data of one class.</summary>
    public IReadOnlyList<Line> Lines(Role role, DataClass of) =>
    [
        .. Of(role, of).GroupBy(r => (r.Feature, r.FeatureName, r.Purpose))
            .Select(g => new Line(g.Key.FeatureName, g.Key.Purpose, [.. RightsWords.Actions.Select(a => RightsWords.Reach(g.Where(r => r.Action == a).Select(r => r.Reach)))])),
    ];

    /// <summary>What a role does not see at all, in words.</summary>
    public string Unseen(Role role) => RightsWords.List(classes.Where(c => c.Id != "P0" && Of(role, c).Count == 0).Select(c => $"{c.Name} ({c.Id})"));

    private List<Right> Of(Role role, DataClass of) => [.. rights.Where(r => r.RoleId == role.Id && r.DataClass == of.Id)];

    /// <summary>The whole book as docs/rechte.md.</summary>
    public string Markdown()
    {
        var text = new StringBuilder("""
            # Rechte: wer was sieht und tut

            <!-- Erzeugt: anlauf rights --markdown. Nicht von Hand ändern; ein Test hält die Datei wahr. -->

            Rechte hängen am Amt, gelten von seinem ersten bis zu seinem letzten Tag und reichen so weit, wie hier steht. Die Tabellen entstehen aus denselben Zeilen, nach denen die Datenbank entscheidet; ein Landesverband ändert sie ohne neue Fassung des Programms. Was nicht dasteht, ist nicht erlaubt.

            - **Verband**: die Gliederung, in der das Amt besteht. **Darunter** und **darüber** folgen dem Baum der Gliederungen; Nachbarn sieht niemand.
            - **Bearbeitet** die Landesebene nur im eigenen Verband, bleibt die Entscheidung beim Kreis.
            - Wer **in Vertretung** handelt, hat dieselben Rechte für die vereinbarte Zeit, Dateien ausgeben nur, wenn es eigens erlaubt ist.
            - Eine Gliederung kann Teile **für die Ebenen darüber schließen** (Schutz nach oben); dann gilt dort auch ein Recht von oben nicht.
            - Jede Person sieht sich selbst. Wer ein Amt hat oder hatte, dessen Namen kennen alle im Verband, nicht die Kontaktdaten.
            - Mitgliederzahlen unter fünf sieht nur, wer auch die Kontaktdaten dort sieht.

            ## Überblick


            """);
        text.Append("| Rolle |").AppendJoin("|", Used.Select(c => $" {c.Name} ({c.Id}) ")).AppendLine("|");
        text.Append("| --- |").Insert(text.Length, " --- |", Used.Count).AppendLine();
        foreach (var role in Roles) text.Append(CultureInfo.InvariantCulture, $"| {role.Name} |").AppendJoin("|", Used.Select(c => $" {Cell(role, c)} ")).AppendLine("|");
        foreach (var role in Roles)
        {
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {role.Name}").AppendLine();
            text.AppendLine(CultureInfo.InvariantCulture, $"Warum: {role.Description}. Kennung: `{role.Id}`.");
            foreach (var of in Used.Where(c => Lines(role, c).Count > 0))
            {
                text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"### {role.Name}: {of.Name} ({of.Id})").AppendLine();
                text.Append("| was |").AppendJoin("|", RightsWords.Actions.Select(a => $" {RightsWords.Verb(a)} ")).AppendLine("| wozu |");
                text.Append("| --- |").Insert(text.Length, " --- |", RightsWords.Actions.Count + 1).AppendLine();
                foreach (var line in Lines(role, of)) text.Append(CultureInfo.InvariantCulture, $"| {line.FeatureName} |").AppendJoin("|", line.ByAction.Select(b => $" {b} ")).AppendLine(CultureInfo.InvariantCulture, $"| {line.Purpose} |");
            }
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"Sieht nicht: {Unseen(role)}.");
        }
        return text.Replace("\r\n", "\n").ToString();
    }
}
