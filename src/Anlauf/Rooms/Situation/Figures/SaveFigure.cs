using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Anlauf.Platform;
using Anlauf.Platform.Database;
using Anlauf.Rooms.Territory;

namespace Anlauf.Rooms.Situation.Figures;

/// <summary>Enters, changes or removes a figure to compare with (requirements J10, A15): never without source and date.</summary>
public sealed class SaveFigure(Db db, TerritoryDirectory territory, Actor actor)
{
    public sealed class Input
    {
        public int? Id { get; set; }
        [Range(1, int.MaxValue, ErrorMessage = "Wählen Sie, welche Gliederung für die Zahl einsteht")] public int DivisionId { get; set; }
        [Required(ErrorMessage = "Nennen Sie Land, Kreis oder Gemeinde")] public string Area { get; set; } = "";
        [Required(ErrorMessage = "Sagen Sie, was die Zahl zählt"), MaxLength(160, ErrorMessage = "Die Bezeichnung ist zu lang: höchstens 160 Zeichen")] public string Title { get; set; } = "";
        /// <summary>As people write it: 19,4.</summary>
        [Required(ErrorMessage = "Geben Sie die Zahl ein")] public string Value { get; set; } = "";
        [Required(ErrorMessage = "Geben Sie die Einheit an, zum Beispiel %"), MaxLength(20, ErrorMessage = "Die Einheit ist zu lang: höchstens 20 Zeichen")] public string Unit { get; set; } = "%";
        public int? Numerator { get; set; }
        public int? Denominator { get; set; }
        [Required(ErrorMessage = "Ohne Quelle glaubt niemand die Zahl. Nennen Sie sie"), MaxLength(200, ErrorMessage = "Die Quelle ist zu lang: höchstens 200 Zeichen")] public string Source { get; set; } = "";
        [Required(ErrorMessage = "Nennen Sie den Tag, für den die Zahl gilt")] public DateOnly? AsOf { get; set; }
        public int? OwnNumerator { get; set; }
        public int? OwnDenominator { get; set; }
        [MaxLength(200, ErrorMessage = "Die Quelle ist zu lang: höchstens 200 Zeichen")] public string? OwnSource { get; set; }
        public DateOnly? OwnAsOf { get; set; }
    }

    /// <summary>Writes the figure; returns its area.</summary>
    public async Task<Outcome<string>> HandleAsync(Input input, CancellationToken ct = default)
    {
        if (!await db.ScalarAsync<bool>("select @DivisionId = any ((select access.editable_divisions('P1', 'goals'))::integer[])", input, ct))
            return new Refusal("Zahlen dieser Gliederung können Sie nicht ändern", nameof(Input.DivisionId));
        var (area, refusal) = await territory.AreaNamedAsync(input.Area, ct);
        if (area is null) return refusal! with { Field = nameof(Input.Area) };
        // a district speaks for its own area, the state association for all of it
        if (!await db.ScalarAsync<bool>("select exists (select from organisation.division_area where division_id = @DivisionId and @area like area_key || '%')", new { input.DivisionId, area }, ct))
            return new Refusal("Dieses Gebiet gehört nicht zur gewählten Gliederung", nameof(Input.Area));
        if (!decimal.TryParse(input.Value, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands | NumberStyles.AllowLeadingSign, Wording.German, out var value) || Math.Abs(value) > 9_999_999_999m)
            return new Refusal($"„{input.Value}“ ist keine Zahl. Schreiben Sie sie so: 19,4", nameof(Input.Value));
        if (input.Numerator is null != input.Denominator is null) return new Refusal("Geben Sie beides an, Anzahl und Gesamtzahl, oder keines von beiden", nameof(Input.Denominator));
        if (input.Denominator is <= 0) return new Refusal("Die Gesamtzahl muss größer als null sein", nameof(Input.Denominator));
        if (input.OwnNumerator is null != input.OwnDenominator is null) return new Refusal("Geben Sie beides an, eigene Anzahl und Gesamtzahl, oder keines von beiden", nameof(Input.OwnDenominator));
        if (input.OwnDenominator is <= 0) return new Refusal("Die Gesamtzahl muss größer als null sein", nameof(Input.OwnDenominator));
        if (input.OwnDenominator is not null && (string.IsNullOrWhiteSpace(input.OwnSource) || input.OwnAsOf is null)) return new Refusal("Auch die eigene Zahl braucht Quelle und Tag", nameof(Input.OwnSource));
        if (input is { Unit: "%", Numerator: { } n, Denominator: { } d } && Math.Abs(100m * n / d - value) > 0.1m)
            return new Refusal($"{n} von {d} sind {Wording.Percent(100m * n / d)}, nicht {Wording.Percent(value)}. Eine der drei Zahlen stimmt nicht", nameof(Input.Value));
        var values = new { input.Id, input.DivisionId, area, title = input.Title.Trim(), value, unit = input.Unit.Trim(), input.Numerator, input.Denominator, source = input.Source.Trim(), input.AsOf, input.OwnNumerator, input.OwnDenominator, own = string.IsNullOrWhiteSpace(input.OwnSource) ? null : input.OwnSource.Trim(), input.OwnAsOf, actor.PersonId };
        var changed = await db.ExecuteAsync(input.Id is null
            ? """
              insert into situation.baseline_figure (division_id, area_key, title, value, unit, numerator, denominator, source, as_of, own_numerator, own_denominator, own_source, own_as_of, entered_by)
              values (@DivisionId, @area, @title, @value, @unit, @Numerator, @Denominator, @source, @AsOf, @OwnNumerator, @OwnDenominator, @own, @OwnAsOf, @PersonId)
              """
            : """
              update situation.baseline_figure set division_id = @DivisionId, area_key = @area, title = @title, value = @value, unit = @unit, numerator = @Numerator, denominator = @Denominator, source = @source, as_of = @AsOf,
                own_numerator = @OwnNumerator, own_denominator = @OwnDenominator, own_source = @own, own_as_of = @OwnAsOf, entered_by = @PersonId, entered_on = current_date where id = @Id
              """, values, ct);
        return changed == 1 ? area : new Refusal("Diese Zahl gibt es nicht mehr, oder Sie dürfen sie nicht ändern");
    }

    /// <summary>Removes a figure; false where it does not exist or may not be changed.</summary>
    public async Task<bool> RemoveAsync(int id, CancellationToken ct = default) => await db.ExecuteAsync("delete from situation.baseline_figure where id = @id", new { id }, ct) == 1;
}
