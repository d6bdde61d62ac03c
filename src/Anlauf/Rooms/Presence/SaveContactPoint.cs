using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Platform.Web;
using Anlauf.Rooms.Situation;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Presence;

/// <summary>Adds a contact point, changes or closes one.</summary>
public sealed class SaveContactPoint(Db db, TerritoryDirectory territory, IndicatorRefresh refresh, TimeProvider clock)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        public int DivisionId { get; set; }
        [Required(ErrorMessage = "Wählen Sie die Art der Anlaufstelle")] public string KindId { get; set; } = "";
        [Required(ErrorMessage = "Geben Sie der Anlaufstelle einen Namen"), MaxLength(120, ErrorMessage = "Der Name ist zu lang: höchstens 120 Zeichen")] public string Name { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie die Gemeinde oder ihre Postleitzahl")] public string Municipality { get; set; } = "";
        public string? Address { get; set; }
        public string? Opening { get; set; }
        [Range(0.0, 168.0, ErrorMessage = "Eine Woche hat 168 Stunden. Nennen Sie eine Zahl von 0 bis 168")] public decimal? HoursPerWeek { get; set; }
        public string? Operator { get; set; }
        public string? FundingNote { get; set; }
        public string? Responsible { get; set; }
        public DateOnly? OpenedOn { get; set; }
        public DateOnly? ClosedOn { get; set; }
        public string? ClosingReason { get; set; }
    }

    /// <summary>Writes the contact point; returns its address.</summary>
    public async Task<Outcome<string>> HandleAsync(Input input, CancellationToken ct = default)
    {
        var (place, refusal) = await territory.NamedAsync(input.Municipality, ct);
        if (place is null) return refusal! with { Field = nameof(Input.Municipality) };
        var opened = input.OpenedOn ?? DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (input.ClosedOn < opened) return new Refusal("Die Anlaufstelle kann nicht schließen, bevor sie öffnet. Prüfen Sie beide Daten", nameof(Input.ClosedOn));
        if (!await db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'presence'))::integer[])", input, ct)) return new Refusal("Anlaufstellen dieser Gliederung können Sie nicht ändern", nameof(Input.DivisionId));
        if (!await db.ScalarAsync<bool>("select organisation.covers(@DivisionId, @Ags)", new { input.DivisionId, place.Ags }, ct))
            return new Refusal($"{place.ShortName} gehört nicht zum Gebiet dieser Gliederung. Wählen Sie eine andere Gliederung", nameof(Input.Municipality));
        if (!await db.ScalarAsync<bool>("select exists (select from presence.contact_point_kind where id = @KindId)", input, ct)) return new Refusal("Wählen Sie eine Art aus der Liste", nameof(Input.KindId));
        var values = new
        {
            input.Id,
            input.DivisionId,
            input.KindId,
            Name = input.Name.Trim(),
            place.Ags,
            input.Address,
            input.Opening,
            input.HoursPerWeek,
            input.Operator,
            input.FundingNote,
            input.Responsible,
            opened,
            input.ClosedOn,
            input.ClosingReason,
            slug = await db.FreeSlugAsync("presence.contact_point", Slug.From($"{place.ShortName} {input.Name}"), input.Id, ct),
        };
        var slug = await db.ScalarAsync<string>(input.Id is null
            ? """
              insert into presence.contact_point (division_id, kind_id, name, slug, ags, address, opening, hours_per_week, operator, funding_note, responsible, opened_on, closed_on, closing_reason)
              values (@DivisionId, @KindId, @Name, @slug, @Ags, @Address, @Opening, @HoursPerWeek, @Operator, @FundingNote, @Responsible, @opened, @ClosedOn, @ClosingReason) returning slug
              """
            : """
              update presence.contact_point set division_id = @DivisionId, kind_id = @KindId, name = @Name, ags = @Ags, address = @Address, opening = @Opening, hours_per_week = @HoursPerWeek, operator = @Operator,
                funding_note = @FundingNote, responsible = @Responsible, opened_on = @opened, closed_on = @ClosedOn, closing_reason = @ClosingReason where id = @Id returning slug
              """, values, ct);
        if (slug is not null) await refresh.RunAsync(ContactPointIndicator.Ids, ct);
        return slug is null ? new Refusal("Diese Anlaufstelle gibt es nicht, oder Sie dürfen sie nicht ändern") : slug;
    }
}
