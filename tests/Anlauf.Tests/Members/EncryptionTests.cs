using System.Security.Cryptography;
using System.Text;
using Anlauf.Platform;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Secrets;
using Anlauf.Rooms.Members;
using Anlauf.Rooms.Privacy.Requests;
using Npgsql;

namespace Anlauf.Tests.Members;

/// <summary>Birth date, address and account are encrypted before they reach the database.</summary>
public sealed class EncryptionTests : IAsyncLifetime
{
    private const string Iban = "DE02 1203 0000 0000 2020 51";
    private static readonly PersonDetails.Detail Detail = new(new DateOnly(1985, 3, 17), "Quellenweg 12a, 09661 Hainichen");
    private readonly AssociationDatabase association = new();
    private int treasurer;

    public async Task InitializeAsync()
    {
        await association.InitializeAsync();
        var division = await association.DivisionAsync("kreis-14522");
        treasurer = await association.AskAsync<int>("insert into organisation.person (division_id, given_name, family_name) values (@division, 'Asta', 'Linie') returning id", new { division });
        var office = await association.AskAsync<int>("insert into organisation.office (division_id, name, role_id) values (@division, 'Schatzmeisterei', 'treasurer') returning id", new { division });
        await association.TellAsync("insert into organisation.office_holding (office_id, person_id, valid_from) values (@office, @treasurer, current_date - 1)", new { office, treasurer });
        (await association.UseAsync<PersonDetails, Outcome<int>>(association.DistrictChair, d => d.SaveAsync(association.LocalMember, Detail))).Done.ShouldBeTrue();
        (await association.UseAsync<BankDetails, Outcome<int>>(treasurer, d => d.SaveAsync(association.LocalMember, Iban))).Done.ShouldBeTrue();
    }

    public Task DisposeAsync() => association.DisposeAsync();

    private Task<PersonDetails.Detail?> DetailAsync(int? by, int? of = null) => association.UseAsync<PersonDetails, PersonDetails.Detail?>(by, d => d.FindAsync(of ?? association.LocalMember));
    private Task<string?> AccountAsync(int? by) => association.UseAsync<BankDetails, string?>(by, d => d.FindAsync(association.LocalMember));
    private Task<T> RotateAsync<T>(Func<KeyRotation, Task<T>> work) => association.UseAsync(null, work);

    private async Task<string> DumpAsync()
    {
        await using var owner = new NpgsqlConnection(association.Connections.Owner);
        await owner.OpenAsync();
        var all = new StringBuilder();
        foreach (var table in await association.ListAsync<string>("select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and c.relpersistence = 'p' and n.nspname !~ '^(pg_|information_schema|public|territory)'"))
        {
            using var copy = await owner.BeginTextExportAsync($"copy {table} to stdout");
            all.AppendLine(await copy.ReadToEndAsync());
        }
        return all.ToString();
    }

    [Fact]
    public async Task A_dump_alone_reveals_neither_birth_date_nor_address_nor_account()
    {
        (await DetailAsync(association.DistrictChair)).ShouldBe(Detail);
        (await AccountAsync(treasurer)).ShouldBe(Iban);
        var dump = await DumpAsync();
        dump.ShouldContain("Muster");
        foreach (var plain in new[] { "1985-03-17", "17.03.1985", "Quellenweg", "Quellenweg 12a, 09661 Hainichen", Iban, Iban.Replace(" ", "", StringComparison.Ordinal) })
        {
            var bytes = Encoding.UTF8.GetBytes(plain);
            foreach (var form in new[] { plain, Convert.ToHexStringLower(bytes), Convert.ToBase64String(bytes), Convert.ToHexStringLower(SHA256.HashData(bytes)) }) dump.ShouldNotContain(form, Case.Insensitive);
        }
        // nor does the key file lie in the database
        var keys = await File.ReadAllTextAsync(association.Connections.KeyFile!);
        foreach (var secret in System.Text.Json.JsonDocument.Parse(keys).RootElement.GetProperty("Keys").EnumerateArray()) dump.ShouldNotContain(secret.GetProperty("Secret").GetString()!);
    }

    [Fact]
    public async Task Each_office_sees_only_its_part_and_the_person_both()
    {
        (await AccountAsync(association.DistrictChair)).ShouldBeNull();
        (await AccountAsync(association.StateManager)).ShouldBeNull();
        (await DetailAsync(treasurer)).ShouldBeNull();
        (await DetailAsync(association.LocalChair)).ShouldBeNull();
        (await DetailAsync(association.LocalMember)).ShouldBe(Detail);
        (await AccountAsync(association.LocalMember)).ShouldBe(Iban);
        (await association.AskAsync<int>("select count(*)::int from audit.entry where chain = 'access' and object = 'members.bank_detail' and subject_id = @id", new { id = association.LocalMember })).ShouldBe(1);
        await Should.ThrowAsync<PostgresException>(() => association.UseAsync<BankDetails, Outcome<int>>(association.DistrictChair, d => d.SaveAsync(association.LocalChair, Iban)));
    }

    [Fact]
    public async Task The_same_account_is_found_without_the_database_knowing_the_number()
    {
        await association.UseAsync<BankDetails, Outcome<int>>(treasurer, d => d.SaveAsync(association.LocalChair, Iban.ToLowerInvariant().Replace(" ", "", StringComparison.Ordinal)));
        (await association.UseAsync<BankDetails, IReadOnlyList<int>>(treasurer, d => d.WithAccountAsync(Iban))).ShouldBe([association.LocalChair, association.LocalMember], ignoreOrder: true);
        (await association.UseAsync<BankDetails, IReadOnlyList<int>>(treasurer, d => d.WithAccountAsync("DE89370400440532013000"))).ShouldBeEmpty();
        // equal numbers are not equal in the table
        (await association.AskAsync<int>("select count(distinct iban)::int from members.bank_detail")).ShouldBe(2);
    }

    [Theory]
    [InlineData("DE89 3704 0044 0532 0130 00", true)]
    [InlineData("AT611904300234573201", true)]
    [InlineData("DE88 3704 0044 0532 0130 00", false)]
    [InlineData("DE89 3704 0044 0532 0130", false)]
    [InlineData("89DE", false)]
    public async Task An_account_with_a_wrong_check_digit_is_refused(string iban, bool right) =>
        (await association.UseAsync<BankDetails, Outcome<int>>(treasurer, d => d.SaveAsync(association.LocalMember, iban))).Done.ShouldBe(right);

    [Fact]
    public async Task A_value_copied_into_another_row_or_changed_by_a_bit_opens_nothing()
    {
        await association.TellAsync("insert into members.person_detail select @to, birth_date, address from members.person_detail where person_id = @from", new { to = association.LocalChair, from = association.LocalMember });
        await Should.ThrowAsync<CryptographicException>(() => DetailAsync(association.DistrictChair, association.LocalChair));
        await association.TellAsync("update members.person_detail set address = set_byte(address, length(address) - 1, get_byte(address, length(address) - 1) # 1) where person_id = @id", new { id = association.LocalMember });
        await Should.ThrowAsync<CryptographicException>(() => DetailAsync(association.DistrictChair));
    }

    [Fact]
    public async Task Keys_change_while_everything_stays_readable_and_the_old_one_goes()
    {
        await association.UseAsync<AuditAnchors, int>(null, a => a.SignAsync());
        (await RotateAsync(r => r.RotateAsync())).ShouldBe(2);
        (await DetailAsync(association.DistrictChair)).ShouldBe(Detail);
        (await RotateAsync(r => r.RetireAsync(1))).Refusal!.Message.ShouldContain("reencrypt");
        (await RotateAsync(r => r.RetireAsync(2))).Refusal!.Message.ShouldContain("gerade geschrieben");
        (await RotateAsync(r => r.ReencryptAsync())).ShouldBe(3);
        (await RotateAsync(r => r.ReencryptAsync())).ShouldBe(0);
        (await RotateAsync(r => r.RetireAsync(1))).Done.ShouldBeTrue();
        (await DetailAsync(association.DistrictChair)).ShouldBe(Detail);
        (await AccountAsync(treasurer)).ShouldBe(Iban);
        (await association.UseAsync<BankDetails, IReadOnlyList<int>>(treasurer, d => d.WithAccountAsync(Iban))).ShouldBe([association.LocalMember]);
        (await association.UseAsync<AuditVerification, AuditVerification.Report>(null, v => v.RunAsync())).Wrong.ShouldBeEmpty();
        new KeyRing(association.Connections.KeyFile).Ids.ShouldBe([2]);
    }

    [Fact]
    public async Task A_second_process_reads_with_a_key_that_came_while_it_ran()
    {
        var other = new FieldCipher(new KeyRing(association.Connections.KeyFile));
        var before = other.Encrypt("x", "a.b.c", "1");
        await RotateAsync(r => r.RotateAsync());
        var here = await association.UseAsync<FieldCipher, byte[]>(null, c => Task.FromResult(c.Encrypt("y", "a.b.c", "1")!));
        other.Decrypt(here, "a.b.c", "1").ShouldBe("y");
        other.Decrypt(before, "a.b.c", "1").ShouldBe("x");
    }

    [Fact]
    public void The_key_file_is_readable_by_its_owner_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        File.GetUnixFileMode(association.Connections.KeyFile!).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task Subject_access_gives_the_person_the_values_in_the_clear_and_an_erasure_takes_them()
    {
        var officer = association.Persons["data-protection-officer"];
        var report = await association.UseAsync<SubjectReport, SubjectReport.Report>(officer, r => r.CompileAsync(association.LocalMember));
        var values = report.Entries.SelectMany(e => e.Values).Select(v => (v.Label, v.Value)).ToList();
        values.ShouldContain(("IBAN", Iban.Replace(" ", "", StringComparison.Ordinal)));
        values.ShouldContain(("Geburtstag", "17.3.1985"));
        await association.TellAsync("insert into privacy.hold (person_id, process_id, until, reason) values (@id, 'dues', current_date + 30, 'payment')", new { id = association.LocalMember }, officer);
        var request = (await association.UseAsync<HandleRequest, Outcome<int>>(officer, h => h.OpenAsync(new() { Kind = "erasure", PersonId = association.LocalMember, Channel = "mail", ReceivedOn = DateOnly.FromDateTime(DateTime.Today) }))).Value;
        await association.UseAsync<HandleRequest, Outcome<int>>(officer, h => h.IdentifyAsync(request, "known"));
        await association.UseAsync<HandleRequest, Outcome<int>>(officer, h => h.PrepareErasureAsync(request));
        (await association.UseAsync<HandleRequest, Outcome<IReadOnlyList<HandleRequest.Effect>>>(association.StateManager, h => h.ConfirmErasureAsync(request))).Done.ShouldBeTrue();
        (await DetailAsync(association.DistrictChair)).ShouldBeNull();
        (await AccountAsync(treasurer)).ShouldBe(Iban);
    }
}
