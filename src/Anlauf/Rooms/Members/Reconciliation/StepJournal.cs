using System.Globalization;
using System.Text.Json;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Members.Reconciliation;

/// <summary>What a step of a file wrote and what was there before, sealed: nobody reads it but who takes the step back.</summary>
public sealed class StepJournal(FieldCipher cipher)
{
    private const string Column = "members.people_import_step.journal";

    /// <summary>The sealed text of a step's journal.</summary>
    public byte[] Seal(int step, ReadIn.Journal journal) => cipher.Encrypt(JsonSerializer.Serialize(journal), Column, Key(step))!;

    /// <summary>The journal of a step.</summary>
    public ReadIn.Journal Open(int step, byte[] journal) => JsonSerializer.Deserialize<ReadIn.Journal>(cipher.Decrypt(journal, Column, Key(step))!)!;

    private static string Key(int step) => step.ToString(CultureInfo.InvariantCulture);
}
