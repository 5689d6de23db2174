using Microsoft.EntityFrameworkCore;
using MoocPlatform.Discussions.Domain;
using MoocPlatform.Kernel;
using Thread = MoocPlatform.Discussions.Domain.Thread;

namespace MoocPlatform.Discussions.Persistence;

internal sealed class DiscussionsDb(DbContextOptions<DiscussionsDb> options, WriteGate gate, TimeProvider clock) : ModuleDb(options, gate, clock)
{
    public override string Prefix => "discussions";

    public DbSet<Board> Boards => Set<Board>();

    public DbSet<Thread> Threads => Set<Thread>();

    public DbSet<Post> Posts => Set<Post>();

    public DbSet<Vote> Votes => Set<Vote>();

    public DbSet<Revision> Revisions => Set<Revision>();

    public DbSet<Place> Places => Set<Place>();

    public DbSet<Participant> Participants => Set<Participant>();

    public DbSet<Mention> Mentions => Set<Mention>();

    public DbSet<Restraint> Restraints => Set<Restraint>();

    public DbSet<Report> Reports => Set<Report>();

    public DbSet<Picture> Pictures => Set<Picture>();

    public DbSet<LoggedAct> Acts => Set<LoggedAct>();

    /// <summary>
    /// The number of the change that is being made, in its turn. It takes the board's row until the commit, also on PostgreSQL: numbers
    /// become visible in their order, without gaps.
    /// </summary>
    public async Task<long> NextSequence(Guid runId, CancellationToken ct) => (await Next(runId, ct)).LastSequence;

    /// <summary>The same, with the whole row.</summary>
    public async Task<Board> Next(Guid runId, CancellationToken ct)
    {
        if (await Advance(runId, ct) is { } board)
            return board;
        await Execute(
            $"""INSERT INTO discussions_boards ("RunId", "LastSequence", "Threads", "Unanswered", "Shelf") VALUES ({runId}, 1, 0, 0, (SELECT coalesce(max("Shelf"), 0) + 1 FROM discussions_boards)) ON CONFLICT ("RunId") DO UPDATE SET "LastSequence" = discussions_boards."LastSequence" + 1""", ct);
        return await Boards.AsNoTracking().SingleAsync(b => b.RunId == runId, ct);
    }

    private Task<Board?> Advance(Guid runId, CancellationToken ct) => Execute(
        $"""UPDATE discussions_boards SET "LastSequence" = "LastSequence" + 1 WHERE "RunId" = {runId} RETURNING "LastSequence", "Threads", "Unanswered", "Shelf" """,
        row => new Board { RunId = runId, LastSequence = row.GetInt64(0), Threads = row.GetInt32(1), Unanswered = row.GetInt32(2), Shelf = row.GetInt32(3) }, ct);

    /// <summary>
    /// Takes the board's row until the commit, before anything is read that will be changed: on PostgreSQL two at once would else count one
    /// vote. On SQLite a turn is alone anyway.
    /// </summary>
    public Task Hold(Guid runId, CancellationToken ct) => Database.IsSqlite()
        ? Task.CompletedTask
        : Boards.Where(b => b.RunId == runId).ExecuteUpdateAsync(s => s.SetProperty(b => b.LastSequence, b => b.LastSequence), ct);

    /// <summary>What a text said before, and showed, goes with it. In the turn in which it is taken away.</summary>
    public async Task Forget(Writing writing, CancellationToken ct)
    {
        await Revisions.Where(r => r.WritingId == writing.Id).ExecuteDeleteAsync(ct);
        await Pictures.Where(p => p.WritingId == writing.Id).ExecuteDeleteAsync(ct);
    }

    /// <summary>A person's place in a thread, made when there is none. In a turn; two tabs at once make one.</summary>
    public async Task<Place> PlaceOf(Guid personId, Guid threadId, Guid runId, CancellationToken ct)
    {
        if (await FindAsync<Place>([personId, threadId], ct) is { } known)
            return known;
        await Execute($"""
            INSERT INTO discussions_places ("PersonId", "ThreadId", "RunId", "Read", "Follows", "AsTeam") VALUES ({personId}, {threadId}, {runId}, 0, 0, {false})
            ON CONFLICT ("PersonId", "ThreadId") DO NOTHING
            """, ct);
        return (await FindAsync<Place>([personId, threadId], ct))!;
    }

    /// <summary>A person in the talk of a run, made on first use. In a turn; two tabs at once make one.</summary>
    public async Task<Participant> ParticipantOf(Guid runId, Guid personId, CancellationToken ct)
    {
        if (await FindAsync<Participant>([runId, personId], ct) is { } known)
            return known;
        await Execute($"""
            INSERT INTO discussions_participants ("RunId", "PersonId", "Known", "ReadTo", "InHour") VALUES ({runId}, {personId}, {false}, 0, 0)
            ON CONFLICT ("RunId", "PersonId") DO NOTHING
            """, ct);
        return (await FindAsync<Participant>([runId, personId], ct))!;
    }

    /// <summary>Keeps the counters of the board, in the turn of the change.</summary>
    public Task<int> CountThreads(Guid runId, int threads, int unanswered, CancellationToken ct) =>
        threads == 0 && unanswered == 0
            ? Task.FromResult(0)
            : Execute($"""UPDATE discussions_boards SET "Threads" = "Threads" + {threads}, "Unanswered" = "Unanswered" + {unanswered} WHERE "RunId" = {runId}""", ct);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        var board = modelBuilder.Entity<Board>().ToTable("discussions_boards");
        board.HasKey(b => b.RunId);
        board.Property(b => b.RunId).ValueGeneratedNever();

        var thread = modelBuilder.Entity<Thread>().ToTable("discussions_threads");
        thread.Property(t => t.Id).ValueGeneratedNever();
        thread.HasIndex(t => new { t.RunId, t.LastNumber }).HasDatabaseName("ix_discussions_threads_board");
        thread.HasIndex(t => new { t.RunId, t.Number }).HasDatabaseName("ix_discussions_threads_number");
        thread.HasIndex(t => new { t.RunId, t.Votes, t.LastNumber }).HasDatabaseName("ix_discussions_threads_votes");
        thread.HasIndex(t => new { t.RunId, t.Number }, "ix_discussions_threads_unanswered").HasFilter("\"Unanswered\"");
        thread.HasIndex(t => new { t.RunId, t.LastNumber }, "ix_discussions_threads_staff").HasFilter("\"StaffAnswered\"");
        thread.HasIndex(t => new { t.RunId, t.LastNumber }, "ix_discussions_threads_pinned").HasFilter("\"Pinned\"");
        thread.HasIndex(t => new { t.RunId, t.Number }, "ix_discussions_threads_waits").HasFilter("\"Waits\"");
        thread.HasIndex(t => new { t.RunId, t.ItemId, t.LastNumber }).HasDatabaseName("ix_discussions_threads_item");
        thread.HasIndex(t => new { t.RunId, t.AuthorId, t.LastNumber }).HasDatabaseName("ix_discussions_threads_author");

        var post = modelBuilder.Entity<Post>().ToTable("discussions_posts");
        post.Property(p => p.Id).ValueGeneratedNever();
        post.HasIndex(p => new { p.ThreadId, p.ParentId, p.Number }).HasDatabaseName("ix_discussions_posts_thread");
        post.HasIndex(p => new { p.ThreadId, p.Sequence }).HasDatabaseName("ix_discussions_posts_changed");
        post.HasIndex(p => new { p.ThreadId, p.Number }).HasDatabaseName("ix_discussions_posts_number");
        post.HasIndex(p => new { p.RunId, p.Number }).HasDatabaseName("ix_discussions_posts_run");
        post.HasIndex(p => new { p.RunId, p.Number }, "ix_discussions_posts_waits").HasFilter("\"Waits\"");
        post.HasIndex(p => new { p.RunId, p.AuthorId, p.At }).HasDatabaseName("ix_discussions_posts_author");

        var revision = modelBuilder.Entity<Revision>().ToTable("discussions_revisions");
        revision.Property(r => r.Id).ValueGeneratedNever();
        revision.HasIndex(r => new { r.WritingId, r.Id }).HasDatabaseName("ix_discussions_revisions_writing");

        var place = modelBuilder.Entity<Place>().ToTable("discussions_places");
        place.HasKey(p => new { p.PersonId, p.ThreadId });
        place.HasIndex(p => new { p.ThreadId, p.Follows, p.PersonId }).HasDatabaseName("ix_discussions_places_followers");
        place.HasIndex(p => new { p.PersonId, p.RunId, p.Follows }).HasDatabaseName("ix_discussions_places_followed");

        modelBuilder.Entity<Participant>().ToTable("discussions_participants").HasKey(p => new { p.RunId, p.PersonId });
        modelBuilder.Entity<Mention>().ToTable("discussions_mentions").HasKey(m => new { m.WritingId, m.PersonId });
        modelBuilder.Entity<Restraint>().ToTable("discussions_restraints").HasKey(r => new { r.CourseId, r.PersonId });
        var settings = modelBuilder.Entity<TalkSettings>().ToTable("discussions_settings");
        settings.HasKey(s => s.CourseId);
        settings.Property(s => s.CourseId).ValueGeneratedNever();
        modelBuilder.Entity<Report>().ToTable("discussions_reports").HasKey(r => new { r.WritingId, r.PersonId });

        var act = modelBuilder.Entity<LoggedAct>().ToTable("discussions_acts");
        act.Property(a => a.Id).ValueGeneratedNever();
        act.HasIndex(a => new { a.RunId, a.Id }).HasDatabaseName("ix_discussions_acts_run");

        var vote = modelBuilder.Entity<Vote>().ToTable("discussions_votes");
        vote.HasKey(v => new { v.WritingId, v.PersonId });

        var picture = modelBuilder.Entity<Picture>().ToTable("discussions_pictures");
        picture.Property(p => p.Id).ValueGeneratedNever();
        picture.Ignore(p => p.Address);
        picture.HasIndex(p => new { p.PersonId, p.At }).HasDatabaseName("ix_discussions_pictures_person");
        picture.HasIndex(p => p.WritingId).HasDatabaseName("ix_discussions_pictures_writing");
    }
}
