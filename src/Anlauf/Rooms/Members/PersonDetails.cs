using System.Globalization;
using Anlauf.Platform;
using Anlauf.Platform.Audit;
using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Members;

/// <summary>Birth date and address of a person: encrypted, and every look noted.</summary>
public sealed class PersonDetails(Db db, FieldCipher cipher, AuditLog audit, TimeProvider clock)
{
    private const string BirthDate = "members.person_detail.birth_date", Address = "members.person_detail.address";

    /// <summary>Both in the clear.</summary>
    public sealed record Detail(DateOnly? BirthDate, string? Address);
    private sealed record Stored(byte[]? BirthDate, byte[]? Address);

    /// <summary>What is kept of a person, or null where nothing is or the acting person may not see it.</summary>
    public async Task<Detail?> FindAsync(int person, string? reason = null, CancellationToken ct = default)
    {
        if (await db.SingleAsync<Stored>("select birth_date, address from members.person_detail where person_id = @person", new { person }, ct) is not { } stored) return null;
        await audit.ReadAsync("members.person_detail", Row(person), person, reason, ct);
        var day = cipher.Decrypt(stored.BirthDate, BirthDate, Row(person));
        return new(day is null ? null : DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), cipher.Decrypt(stored.Address, Address, Row(person)));
    }

    /// <summary>Writes both; null removes a value.</summary>
    public async Task<Outcome<int>> SaveAsync(int person, Detail detail, CancellationToken ct = default)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().Date);
        if (detail.BirthDate > today || detail.BirthDate < today.AddYears(-125)) return new Refusal("Prüfen Sie das Geburtsdatum", nameof(Detail.BirthDate));
        return await db.ExecuteAsync("""
            insert into members.person_detail (person_id, birth_date, address) values (@person, @day, @address)
            on conflict (person_id) do update set birth_date = excluded.birth_date, address = excluded.address
            """, new { person, day = cipher.Encrypt(detail.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), BirthDate, Row(person)), address = cipher.Encrypt(detail.Address?.Trim(), Address, Row(person)) }, ct);
    }

    /// <summary>The person's own correction of the address, signed in or by link; the birth date stays.</summary>
    public Task<int> CorrectAddressAsync(int person, string? address, CancellationToken ct = default) =>
        db.ExecuteAsync("select selfservice.correct_address(@address)", new { address = cipher.Encrypt(address?.Trim(), Address, Row(person)) }, ct);

    // for many persons at once: what a file of people is compared with and writes. Whoever calls notes the reading
    internal static DateOnly? Day(FieldCipher cipher, byte[]? stored, int person) => cipher.Decrypt(stored, BirthDate, Row(person)) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;
    internal static string? Home(FieldCipher cipher, byte[]? stored, int person) => cipher.Decrypt(stored, Address, Row(person));
    internal static byte[]? SealDay(FieldCipher cipher, DateOnly? day, int person) => cipher.Encrypt(day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), BirthDate, Row(person));
    internal static byte[]? SealHome(FieldCipher cipher, string? address, int person) => cipher.Encrypt(address?.Trim(), Address, Row(person));

    private static string Row(int person) => person.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Bank account of a person, for dues: encrypted, findable by a keyed hash, and every look noted.</summary>
public sealed class BankDetails(Db db, FieldCipher cipher, AuditLog audit)
{
    private const string Iban = "members.bank_detail.iban";

    /// <summary>The IBAN in groups of four, or null where none is kept or the acting person may not see it.</summary>
    public async Task<string?> FindAsync(int person, string? reason = null, CancellationToken ct = default)
    {
        if (await db.ScalarAsync<byte[]>("select iban from members.bank_detail where person_id = @person", new { person }, ct) is not { } stored) return null;
        await audit.ReadAsync("members.bank_detail", Row(person), person, reason, ct);
        return string.Join(' ', cipher.Decrypt(stored, Iban, Row(person))!.Chunk(4).Select(c => new string(c)));
    }

    /// <summary>Persons within reach with this account; the database never sees the number.</summary>
    public Task<IReadOnlyList<int>> WithAccountAsync(string iban, CancellationToken ct = default) =>
        db.QueryAsync<int>("select person_id from members.bank_detail where iban_hash = @hash order by 1", new { hash = cipher.Hash(Compact(iban), Iban) }, ct);

    /// <summary>Writes the account; a number with a wrong check digit is refused (ISO 13616, modulo 97).</summary>
    public async Task<Outcome<int>> SaveAsync(int person, string iban, CancellationToken ct = default)
    {
        var compact = Compact(iban);
        if (!IsIban(compact)) return new Refusal("Diese IBAN stimmt nicht: Prüfen Sie Länge und Prüfziffer", "Iban");
        return await db.ExecuteAsync("""
            insert into members.bank_detail (person_id, iban, iban_hash) values (@person, @value, @hash) on conflict (person_id) do update set iban = excluded.iban, iban_hash = excluded.iban_hash
            """, new { person, value = cipher.Encrypt(compact, Iban, Row(person)), hash = cipher.Hash(compact, Iban) }, ct);
    }

    /// <summary>Two letters, two digits, then letters and digits; the whole as a number leaves 1 when divided by 97.</summary>
    internal static bool IsIban(string compact)
    {
        if (compact.Length is < 15 or > 34 || !compact.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) || !char.IsAsciiLetter(compact[0]) || !char.IsAsciiLetter(compact[1])) return false;
        if (compact.StartsWith("DE", StringComparison.Ordinal) && compact.Length != 22) return false;
        var rest = 0;
        foreach (var c in compact[4..] + compact[..4])
            rest = char.IsAsciiDigit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
        return rest == 1;
    }

    private static string Compact(string iban) => iban.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
    private static string Row(int person) => person.ToString(CultureInfo.InvariantCulture);
}
