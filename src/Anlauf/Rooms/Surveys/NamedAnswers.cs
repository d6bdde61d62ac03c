using Anlauf.Platform.Database;
using Anlauf.Platform.Secrets;

namespace Anlauf.Rooms.Surveys;

/// <summary>Answers with a name: the words of an answer, sealed for its row. Only the person's own report and those who run the survey open them.</summary>
internal static class NamedAnswers
{
    private const string Column = "surveys.named_answer.answer";

    /// <summary>What somebody answered, in words: the options chosen, or the text.</summary>
    /// <param name="options">Options of the question.</param>
    /// <param name="chosen">Indices into the options, from 0.</param>
    /// <param name="words">Free text.</param>
    public static string InWords(string[] options, IEnumerable<int> chosen, string? words) =>
        string.Join("; ", chosen.Where(c => c < options.Length).Select(c => options[c]).Append(words?.Trim() ?? "").Where(w => w.Length > 0));

    /// <summary>Seals the words, of which there is at least one, for the row of this number.</summary>
    public static byte[] Seal(FieldCipher cipher, Guid id, string words) => cipher.Encrypt(words, Column, id.ToString())!;

    /// <summary>The words of a sealed answer.</summary>
    public static string Open(FieldCipher cipher, Guid id, byte[]? answer) => cipher.Decrypt(answer, Column, id.ToString()) ?? "";
}

/// <summary>Once, when the program starts over a database that an older version has written: answers with a name are sealed.</summary>
internal sealed class SealAnswers(IServiceScopeFactory scopes) : IHostedService
{
    private sealed record Row(Guid Id, string[] Options, int[]? Choices, string? Remark);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Actor>().BecomeSystem();
        var (db, cipher) = (scope.ServiceProvider.GetRequiredService<Db>(), scope.ServiceProvider.GetRequiredService<FieldCipher>());
        foreach (var row in await db.QueryAsync<Row>("select a.id, q.options, a.choices, a.remark from surveys.named_answer a join surveys.question q on q.id = a.question_id where a.answer is null", ct: cancellationToken))
            await db.ExecuteAsync("update surveys.named_answer set answer = @answer, choices = null, remark = null where id = @Id and answer is null",
                new { answer = NamedAnswers.Seal(cipher, row.Id, NamedAnswers.InWords(row.Options, row.Choices ?? [], row.Remark) is { Length: > 0 } words ? words : "ohne Angabe"), row.Id }, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
