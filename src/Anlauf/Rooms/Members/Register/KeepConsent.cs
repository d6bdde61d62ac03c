using System.ComponentModel.DataAnnotations;
using Anlauf.Platform;
using Anlauf.Platform.Database;

namespace Anlauf.Rooms.Members.Register;

/// <summary>Notes a consent with its proof, or its withdrawal, which is as easy (Art. 7 Abs. 3 GDPR); and the objection to being addressed at all (Art. 21).</summary>
public sealed class KeepConsent(Db db, TimeProvider clock)
{
    /// <summary>Version of the texts in <see cref="MemberWords.Consents"/>: a change of one of them is a new version.</summary>
    public const string TextVersion = "2026-11";

    public sealed class Input
    {
        public int PersonId { get; set; }
        [Required(ErrorMessage = "Wählen Sie, worum es geht")] public string? Kind { get; set; }
        [Required(ErrorMessage = "Wählen Sie, auf welchem Weg")] public string? Channel { get; set; }
        [Required(ErrorMessage = "Nennen Sie den Tag")] public DateOnly? Day { get; set; }
        [MaxLength(200, ErrorMessage = "Der Nachweis ist zu lang: höchstens 200 Zeichen")] public string? Proof { get; set; }
    }

    /// <summary>One consent, given or withdrawn.</summary>
    public sealed record Row(int Id, string Kind, string TextVersion, string Channel, DateOnly GivenOn, string Proof, DateOnly? WithdrawnOn, string? Home);

    private DateOnly Today => DateOnly.FromDateTime(clock.GetLocalNow().Date);

    /// <summary>All of a person, latest first.</summary>
    public Task<IReadOnlyList<Row>> OfAsync(int person, CancellationToken ct = default) => db.QueryAsync<Row>("""
        select c.id, c.kind, c.text_version, c.channel, c.given_on, c.proof, c.withdrawn_on, d.short_name as home from members.consent c left join organisation.division d on d.id = c.home_division_id
        where c.person_id = @person order by c.withdrawn_on nulls first, c.given_on desc, c.id desc
        """, new { person }, ct);

    /// <summary>Writes a consent; without a proof of a paper or a talk it could not be shown later (Art. 7 Abs. 1).</summary>
    public async Task<Outcome<int>> GiveAsync(Input input, CancellationToken ct = default)
    {
        if (MemberWords.Consents.All(c => c.Id != input.Kind) || input.Kind == "home-area") return new Refusal("Wählen Sie, worum es geht. Der Heimatbezug wird beim Umzug eingetragen", nameof(Input.Kind));
        if (MemberWords.Channels.All(c => c.Id != input.Channel)) return new Refusal("Wählen Sie, auf welchem Weg", nameof(Input.Channel));
        if (input.Day > Today) return new Refusal("Dieser Tag liegt in der Zukunft", nameof(Input.Day));
        if (input.Channel is "paper" or "phone" && string.IsNullOrWhiteSpace(input.Proof)) return new Refusal("Nennen Sie, wo der Nachweis liegt oder wer das Gespräch geführt hat", nameof(Input.Proof));
        var given = await db.ExecuteAsync("""
            insert into members.consent (person_id, kind, text_version, channel, given_on, proof) select @PersonId, @Kind, @TextVersion, @Channel, @Day, coalesce(trim(@Proof), '')
            where exists (select from organisation.person where id = @PersonId and division_id = any ((select access.divisions_for('P2', 'membership', 'edit'))::integer[])) on conflict do nothing
            """, new { input.PersonId, input.Kind, TextVersion, input.Channel, input.Day, input.Proof }, ct);
        return given > 0 ? input.PersonId : new Refusal("Diese Einwilligung ist schon erteilt", nameof(Input.Kind));
    }

    /// <summary>Withdraws with today.</summary>
    public async Task<Outcome<int>> WithdrawAsync(int id, CancellationToken ct = default) =>
        await db.ScalarAsync<int?>("update members.consent set withdrawn_on = greatest(@Today, given_on) where id = @id and withdrawn_on is null returning person_id", new { id, Today }, ct) is { } person ? person
            : new Refusal("Diese Einwilligung ist schon widerrufen");

    /// <summary>„Keine Ansprache“: nobody writes or calls from now on.</summary>
    public async Task<Outcome<int>> ObjectAsync(int person, CancellationToken ct = default) =>
        await db.ScalarAsync<bool>("select members.object_contact(@person)", new { person }, ct) ? person : new Refusal("Diese Person können Sie nicht ändern");
}
