using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using MoocPlatform.Kernel;
using MoocPlatform.TestKit;
using Xunit;

namespace MoocPlatform.Host.Tests.Kernel;

/// <summary>Saves of a context of plain tables: on SQLite they run as prepared statements, and nobody can tell.</summary>
public sealed class SavingTests(World world) : IClassFixture<World>, IAsyncLifetime
{
    private ServiceProvider house = null!;

    public async ValueTask InitializeAsync()
    {
        var services = new ServiceCollection();
        services.AddSingleton(world.Services.GetRequiredService<Database>());
        services.AddSingleton<TimeProvider>(world.Clock);
        services.AddSingleton(new WriteGate(world.Services.GetRequiredService<Database>(), NullLogger<WriteGate>.Instance));
        services.AddModuleDb<ShelvesDb>("saved");
        house = services.BuildServiceProvider();
        await With(db => db.Database.ExecuteSqlRawAsync(Tables));
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task What_is_saved_is_read_back_as_it_was()
    {
        var book = new Book { Id = world.Clock.NewKey(), ShelfId = await NewShelf(), Price = 12.50m, Kind = BookKind.Atlas, At = world.Clock.Now, Cover = [1, 0, 255], Note = null, Read = true };
        await With(db => { db.Add(book); return db.SaveChangesAsync(); });
        var kept = await With(db => db.Books.AsNoTracking().SingleAsync(b => b.Id == book.Id));
        Assert.Equal((book.Price, book.Kind, book.At, book.Note, book.Read), (kept.Price, kept.Kind, kept.At, kept.Note, kept.Read));
        Assert.Equal(book.Cover, kept.Cover);
    }

    [Fact]
    public async Task Parents_are_written_before_their_children_and_deleted_after_them()
    {
        var (shelf, book) = (new Shelf { Id = world.Clock.NewKey() }, new Book { Id = world.Clock.NewKey() });
        book.ShelfId = shelf.Id;
        await With(db => { db.Add(book); db.Add(shelf); return db.SaveChangesAsync(); });
        await With(db => { db.Remove(shelf); db.Remove(book); return db.SaveChangesAsync(); });
        Assert.False(await With(db => db.Books.AnyAsync(b => b.Id == book.Id)));
    }

    [Fact]
    public async Task Only_what_changed_is_written()
    {
        var id = await NewBook();
        await With(async db =>
        {
            var mine = await db.Books.SingleAsync(b => b.Id == id);
            await With(other => other.InTurn(ct => other.Books.Where(b => b.Id == id).ExecuteUpdateAsync(s => s.SetProperty(b => b.Price, 99m), ct), default));
            mine.Note = "mine";
            return await db.SaveChangesAsync();
        });
        var kept = await With(db => db.Books.AsNoTracking().SingleAsync(b => b.Id == id));
        Assert.Equal((99m, "mine"), (kept.Price, kept.Note));
    }

    [Fact]
    public async Task Of_two_who_changed_the_same_version_the_second_is_told()
    {
        var id = await NewBook();
        await With(async db =>
        {
            var mine = await db.Books.SingleAsync(b => b.Id == id);
            await With(async other =>
            {
                (await other.Books.SingleAsync(b => b.Id == id)).Edition = "second";
                return await other.SaveChangesAsync();
            });
            mine.Edition = "third";
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
            return 0;
        });
        Assert.Equal("second", await With(db => db.Books.Where(b => b.Id == id).Select(b => b.Edition).SingleAsync()));
    }

    [Fact]
    public async Task A_key_that_is_taken_is_a_duplicate_and_nothing_of_that_save_stays()
    {
        var id = await NewBook();
        var other = world.Clock.NewKey();
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => With(async db =>
        {
            var shelf = await NewShelf();
            db.AddRange(new Book { Id = other, ShelfId = shelf }, new Book { Id = id, ShelfId = shelf });
            return await db.SaveChangesAsync();
        }));
        Assert.True(Database.IsDuplicate(refused));
        Assert.False(await With(db => db.Books.AnyAsync(b => b.Id == other)));
    }

    [Fact]
    public async Task Of_saves_that_are_written_together_one_that_is_refused_harms_no_other()
    {
        var (taken, shelf) = (await NewBook(), await NewShelf());
        // On SQLite all of them wait for this turn, and are written in the commit after it.
        var (held, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var before = With(db => db.InTurn(async _ => { held.SetResult(); await go.Task; return true; }, default));
        await held.Task;
        var ids = Enumerable.Range(0, 9).Select(n => n == 4 ? taken : world.Clock.NewKey()).ToList();
        var saves = ids.ConvertAll(id => With(async db =>
        {
            db.Add(new Book { Id = id, ShelfId = shelf, Note = "new" });
            try
            {
                return await db.SaveChangesAsync() == 1;
            }
            catch (DbUpdateException e) when (Database.IsDuplicate(e))
            {
                return false;
            }
        }));
        go.SetResult();
        await before;

        Assert.Equal(ids.ConvertAll(id => id != taken), await Task.WhenAll(saves));
        Assert.Equal(ids.Where(id => id != taken).Order(), await With(db => db.Books.Where(b => ids.Contains(b.Id) && b.Note == "new").Select(b => b.Id).OrderBy(i => i).ToListAsync()));
    }

    [Fact]
    public async Task A_child_of_nobody_is_refused()
    {
        var refused = await Assert.ThrowsAsync<DbUpdateException>(() => With(db =>
        {
            db.Add(new Book { Id = world.Clock.NewKey(), ShelfId = world.Clock.NewKey() });
            return db.SaveChangesAsync();
        }));
        Assert.False(Database.IsDuplicate(refused));
    }

    [Fact]
    public async Task Rows_that_are_only_added_are_kept_with_the_save_they_came_with()
    {
        var (shelf, book) = (await NewShelf(), world.Clock.NewKey());
        await With(db =>
        {
            db.Append(new Book { Id = book, ShelfId = shelf, Price = 7.25m, Kind = BookKind.Atlas, At = world.Clock.Now, Cover = [7] });
            return db.SaveChangesAsync();
        });
        var kept = await With(db => db.Books.AsNoTracking().SingleAsync(b => b.Id == book));
        Assert.Equal((7.25m, BookKind.Atlas, world.Clock.Now), (kept.Price, kept.Kind, kept.At));
    }

    [Fact]
    public async Task Rows_of_a_save_that_failed_or_never_came_are_forgotten()
    {
        var (shelf, taken, never) = (await NewShelf(), await NewBook(), world.Clock.NewKey());
        await With(async db =>
        {
            db.Append(new Book { Id = never, ShelfId = shelf });
            db.Append(new Book { Id = taken, ShelfId = shelf });
            Assert.True(Database.IsDuplicate(await Assert.ThrowsAsync<DbUpdateException>(() => db.SaveChangesAsync())));
            db.ChangeTracker.Clear();
            return await db.SaveChangesAsync();
        });
        await With(db => { db.Append(new Book { Id = never, ShelfId = shelf }); return Task.FromResult(0); });
        await With(db => db.SaveChangesAsync()); // the pool lends the same context again
        Assert.False(await With(db => db.Books.AnyAsync(b => b.Id == never)));
    }

    [Fact]
    public async Task A_row_found_in_a_turn_is_as_it_was_saved_and_is_watched()
    {
        var book = new Book { Id = world.Clock.NewKey(), ShelfId = await NewShelf(), Price = 12.50m, Kind = BookKind.Atlas, At = world.Clock.Now, LentAt = world.Clock.Now, Cover = [1, 0, 255], Read = true };
        await With(db => { db.Add(book); return db.SaveChangesAsync(); });
        await With(db => db.InTurn(async ct =>
        {
            var found = (await db.FindAsync<Book>([book.Id], ct))!;
            Assert.Equivalent(book, found, strict: true);
            Assert.Same(found, await db.FindAsync<Book>([book.Id], ct));
            Assert.Null(await db.FindAsync<Book>([world.Clock.NewKey()], ct));
            (found.Note, found.LentAt) = ("found", null);
            return await db.SaveChangesAsync(ct);
        }, default));
        var kept = await With(db => db.Books.AsNoTracking().SingleAsync(b => b.Id == book.Id));
        Assert.Equal(("found", null, book.Price), (kept.Note, kept.LentAt, kept.Price));
    }

    [Fact]
    public async Task Of_two_who_found_the_same_version_the_second_is_told()
    {
        var id = await NewBook();
        await With(async db =>
        {
            var mine = await db.InTurn(async ct => (await db.FindAsync<Book>([id], ct))!, default);
            await With(other => other.InTurn(async ct =>
            {
                (await other.FindAsync<Book>([id], ct))!.Edition = "second";
                return await other.SaveChangesAsync(ct);
            }, default));
            mine.Edition = "third";
            await Assert.ThrowsAsync<DbUpdateConcurrencyException>(() => db.SaveChangesAsync());
            return 0;
        });
    }

    [Fact]
    public async Task Many_rows_that_are_only_added_are_all_there()
    {
        var shelf = await NewShelf();
        var books = Enumerable.Range(0, 45).Select(i => new Book { Id = world.Clock.NewKey(), ShelfId = shelf, Price = i }).ToList();
        await With(db =>
        {
            foreach (var (book, i) in books.Select((b, i) => (b, i)))
            {
                db.Append(book);
                if (i % 13 == 0)
                    db.Append(new Shelf { Id = book.Id });
            }

            return db.SaveChangesAsync();
        });
        Assert.Equal(books.Select(b => (b.Id, b.Price)), (await With(db => db.Books.Where(b => b.ShelfId == shelf).ToListAsync())).OrderBy(b => b.Price).Select(b => (b.Id, b.Price)));
    }

    [Fact]
    public async Task A_statement_of_a_turn_goes_with_it()
    {
        var id = await NewBook();
        var said = await With(db => db.InTurn(ct => db.Execute(
            $"""UPDATE saved_books SET "Note" = {"said"} WHERE "Id" = {id} RETURNING "Note" """, row => row.GetString(0), ct), default));
        Assert.Equal("said", said);
        await Assert.ThrowsAsync<NotSupportedException>(() => With(db => db.InTurn<int>(async ct =>
        {
            Assert.Equal(1, await db.Execute($"""UPDATE saved_books SET "Note" = {null} WHERE "Id" = {id}""", ct));
            throw new NotSupportedException();
        }, default)));
        Assert.Equal("said", await With(db => db.Books.Where(b => b.Id == id).Select(b => b.Note).SingleAsync()));
        await Assert.ThrowsAsync<InvalidOperationException>(() => With(db => db.Execute($"""DELETE FROM saved_books WHERE "Id" = {id}""", default)));
    }

    [Fact, Trait("Database", "SQLite")]
    public void The_writer_keeps_each_value_as_the_driver_does()
    {
        using var writer = new SqliteWriter(new("Data Source=:memory:"));
        writer.Connection.Open();
        writer.Write("CREATE TABLE kept (\"Value\")");
        using var driver = writer.Connection.CreateCommand();
        driver.CommandText = "INSERT INTO kept VALUES (@p0)";
        var parameter = driver.Parameters.AddWithValue("@p0", 0);
        object[] values =
        [
            DBNull.Value, "", "învață €😀", new string('ș', 5000), Guid.Parse("01a206ad-76ac-7895-bdd8-548c30cbfa42"), 0m, 12.50m, -0.00000001m, decimal.MaxValue, 1 / 3.0, int.MinValue,
            long.MaxValue, true, false, Array.Empty<byte>(), new byte[] { 0, 1, 255 },
        ];
        foreach (var value in values)
        {
            Assert.Equal(1, writer.Write("INSERT INTO kept VALUES (@p0)", value));
            parameter.Value = value;
            driver.ExecuteNonQuery();
        }

        driver.CommandText = "SELECT typeof(\"Value\") || ' ' || quote(\"Value\") FROM kept ORDER BY rowid";
        using var rows = driver.ExecuteReader();
        var kept = new List<string>();
        while (rows.Read())
            kept.Add(rows.GetString(0));
        Assert.Equal(values.Length * 2, kept.Count);
        Assert.All(kept.Chunk(2), two => Assert.Equal(two[1], two[0]));
    }

    [Fact]
    public async Task No_module_leaves_its_writes_to_EF()
    {
        await using var scope = world.Services.CreateAsyncScope();
        foreach (var type in world.Services.GetServices<RegisteredDb>().Select(r => r.Type).Where(t => t.IsSubclassOf(typeof(ModuleDb))))
            Assert.NotNull(PlainTables.Of(((DbContext)scope.ServiceProvider.GetRequiredService(type)).Model));
    }

    private async Task<Guid> NewShelf()
    {
        var shelf = new Shelf { Id = world.Clock.NewKey() };
        await With(db => { db.Add(shelf); return db.SaveChangesAsync(); });
        return shelf.Id;
    }

    private async Task<Guid> NewBook()
    {
        var book = new Book { Id = world.Clock.NewKey(), ShelfId = await NewShelf() };
        await With(db => { db.Add(book); return db.SaveChangesAsync(); });
        return book.Id;
    }

    private async Task<T> With<T>(Func<ShelvesDb, Task<T>> work)
    {
        await using var scope = house.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<ShelvesDb>());
    }

    private static string Tables => World.OnPostgres
        ? """
          CREATE TABLE IF NOT EXISTS saved_shelves ("Id" uuid PRIMARY KEY);
          CREATE TABLE IF NOT EXISTS saved_books ("Id" uuid PRIMARY KEY, "ShelfId" uuid NOT NULL REFERENCES saved_shelves ("Id"), "Price" numeric NOT NULL, "Kind" integer NOT NULL,
            "At" bigint NOT NULL, "LentAt" bigint, "Cover" bytea NOT NULL, "Note" text, "Read" boolean NOT NULL, "Edition" text);
          """
        : """
          CREATE TABLE IF NOT EXISTS saved_shelves ("Id" TEXT PRIMARY KEY);
          CREATE TABLE IF NOT EXISTS saved_books ("Id" TEXT PRIMARY KEY, "ShelfId" TEXT NOT NULL REFERENCES saved_shelves ("Id"), "Price" TEXT NOT NULL, "Kind" INTEGER NOT NULL,
            "At" INTEGER NOT NULL, "LentAt" INTEGER, "Cover" BLOB NOT NULL, "Note" TEXT, "Read" INTEGER NOT NULL, "Edition" TEXT);
          """;
}

internal sealed class ShelvesDb(DbContextOptions<ShelvesDb> options, WriteGate gate, TimeProvider clock) : ModuleDb(options, gate, clock)
{
    public override string Prefix => "saved";

    public DbSet<Book> Books => Set<Book>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.Entity<Shelf>().ToTable("saved_shelves");
        var book = modelBuilder.Entity<Book>().ToTable("saved_books");
        book.HasOne<Shelf>().WithMany().HasForeignKey(b => b.ShelfId);
        book.Property(b => b.Edition).IsConcurrencyToken();
    }
}

internal sealed class Shelf
{
    public Guid Id { get; init; }
}

internal enum BookKind
{
    Novel,
    Atlas,
}

internal sealed class Book
{
    public Guid Id { get; init; }

    public Guid ShelfId { get; set; }

    public decimal Price { get; init; }

    public BookKind Kind { get; init; }

    public DateTimeOffset At { get; init; }

    public DateTimeOffset? LentAt { get; set; }

    public byte[] Cover { get; init; } = [];

    public string? Note { get; set; }

    public bool Read { get; init; }

    /// <summary>The concurrency token; begins with nothing.</summary>
    public string? Edition { get; set; }
}
