using System.Data;
using Dapper;
using Npgsql;

namespace Anlauf.Platform.Database;

/// <summary>
/// The database as seen by the acting person: one connection per scope (per request), opened when first needed, with
/// <c>anlauf.actor</c> set so that row-level security knows who asks. SQL is written where it is used.
/// </summary>
public sealed class Db(NpgsqlDataSource source, Actor actor) : IAsyncDisposable
{
    private NpgsqlConnection? connection;
    private NpgsqlTransaction? transaction;
    // parts of a page are rendered side by side; one connection answers one command at a time, the beginning and end of a transaction included
    private readonly SemaphoreSlim turn = new(1);
    private bool closed;

    /// <summary>The open connection of this scope. Use it directly for COPY and streaming reads.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken ct = default)
    {
        ObjectDisposedException.ThrowIf(closed, this);
        if (connection is not null) return connection;
        connection = await source.OpenConnectionAsync(ct);
        // Npgsql resets the settings when the connection goes back to the pool
        await connection.ExecuteAsync("select set_config('anlauf.actor', @Value, false), set_config('anlauf.origin', @Origin, false)", new { actor.Value, actor.Origin });
        return connection;
    }

    /// <summary>Rows of a query; columns are matched to properties or constructor parameters, underscores ignored.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters = null, CancellationToken ct = default) =>
        InTurnAsync(async c => (IReadOnlyList<T>)(await c.QueryAsync<T>(Command(sql, parameters, ct))).AsList(), ct);

    /// <summary>The one row of a query, or default where there is none.</summary>
    public Task<T?> SingleAsync<T>(string sql, object? parameters = null, CancellationToken ct = default) =>
        InTurnAsync(c => c.QuerySingleOrDefaultAsync<T>(Command(sql, parameters, ct)), ct);

    /// <summary>The single value of a query.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters = null, CancellationToken ct = default) =>
        InTurnAsync(c => c.ExecuteScalarAsync<T>(Command(sql, parameters, ct)), ct);

    /// <summary>Executes a statement; returns the number of rows it changed.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters = null, CancellationToken ct = default) =>
        InTurnAsync(c => c.ExecuteAsync(Command(sql, parameters, ct)), ct);

    private async Task<T> InTurnAsync<T>(Func<NpgsqlConnection, Task<T>> command, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try { return await command(await OpenAsync(ct)); }
        finally { turn.Release(); }
    }

    /// <summary>Runs <paramref name="work"/> in one transaction: all of it is written, or nothing. Nested calls join the outer one.</summary>
    public async Task<T> InTransactionAsync<T>(Func<Task<T>> work, CancellationToken ct = default)
    {
        if (transaction is not null) return await work();
        var mine = transaction = await InTurnAsync(async c => await c.BeginTransactionAsync(ct), ct);
        try
        {
            var result = await work();
            // a refusal is a value, but it must not leave half of the work behind
            if (result is not Platform.IOutcome { Done: false }) await InTurnAsync(async _ => { await mine.CommitAsync(ct); return true; }, ct);
            return result;
        }
        finally
        {
            // not committed is rolled back
            await InTurnAsync(async _ => { transaction = null; await mine.DisposeAsync(); return true; }, CancellationToken.None);
        }
    }

    /// <summary>Gives the connection back to the pool until the next command: before work that takes long and needs no database.</summary>
    public Task GiveBackAsync() => InTurnAsync(async c =>
    {
        if (transaction is not null) return false;
        connection = null;
        await c.DisposeAsync();
        return true;
    }, CancellationToken.None);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // a page that failed in one part leaves another part's command on its way: the connection goes back when that has its answer
        await turn.WaitAsync();
        closed = true;
        if (connection is not null) await connection.DisposeAsync();
        turn.Release();
    }

    private CommandDefinition Command(string sql, object? parameters, CancellationToken ct) =>
        new(sql, parameters, transaction, commandType: CommandType.Text, cancellationToken: ct);

    static Db()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        SqlMapper.AddTypeHandler(new DateOnlyHandler());
        SqlMapper.AddTypeHandler(new ArrayHandler<string>());
        SqlMapper.AddTypeHandler(new ArrayHandler<int>());
    }

    // lets a record take a column of type text[] or integer[] in its constructor
    private sealed class ArrayHandler<T> : SqlMapper.TypeHandler<T[]>
    {
        public override void SetValue(IDbDataParameter parameter, T[]? value) => parameter.Value = (object?)value ?? DBNull.Value;
        public override T[] Parse(object value) => (T[])value;
    }

    private sealed class DateOnlyHandler : SqlMapper.TypeHandler<DateOnly>
    {
        public override void SetValue(IDbDataParameter parameter, DateOnly value) => parameter.Value = value;
        public override DateOnly Parse(object value) => value is DateOnly date ? date : DateOnly.FromDateTime((DateTime)value);
    }
}
