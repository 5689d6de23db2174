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

    /// <summary>
    /// The number of the change that is being made, in its turn. It takes the board's row until the commit, also on PostgreSQL: numbers
    /// become visible in their order, without gaps.
    /// </summary>
    public async Task<long> NextSequence(Guid runId, CancellationToken ct)
    {
        var board = Boards.Where(b => b.RunId == runId);
        if (await board.ExecuteUpdateAsync(s => s.SetProperty(b => b.LastSequence, b => b.LastSequence + 1), ct) == 0)
            await Database.ExecuteSqlAsync(
                $"""INSERT INTO discussions_boards ("RunId", "LastSequence", "Threads", "Unanswered") VALUES ({runId}, 1, 0, 0) ON CONFLICT ("RunId") DO UPDATE SET "LastSequence" = discussions_boards."LastSequence" + 1""", ct);
        return await board.Select(b => b.LastSequence).SingleAsync(ct);
    }

    /// <summary>Keeps the counters of the board, in the turn of the change.</summary>
    public Task<int> CountThreads(Guid runId, int threads, int unanswered, CancellationToken ct) =>
        threads == 0 && unanswered == 0
            ? Task.FromResult(0)
            : Boards.Where(b => b.RunId == runId).ExecuteUpdateAsync(
                s => s.SetProperty(b => b.Threads, b => b.Threads + threads).SetProperty(b => b.Unanswered, b => b.Unanswered + unanswered), ct);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        var board = modelBuilder.Entity<Board>().ToTable("discussions_boards");
        board.HasKey(b => b.RunId);
        board.Property(b => b.RunId).ValueGeneratedNever();

        var thread = modelBuilder.Entity<Thread>().ToTable("discussions_threads");
        thread.Property(t => t.Id).ValueGeneratedNever();
        thread.HasIndex(t => new { t.RunId, t.LastAt, t.Id }).HasDatabaseName("ix_discussions_threads_board");
        thread.HasIndex(t => new { t.RunId, t.ItemId, t.LastAt }).HasDatabaseName("ix_discussions_threads_item");
        thread.HasIndex(t => new { t.RunId, t.AuthorId, t.LastAt }).HasDatabaseName("ix_discussions_threads_author");

        var post = modelBuilder.Entity<Post>().ToTable("discussions_posts");
        post.Property(p => p.Id).ValueGeneratedNever();
        post.HasIndex(p => new { p.ThreadId, p.ParentId, p.Number }).HasDatabaseName("ix_discussions_posts_thread");
        post.HasIndex(p => new { p.ThreadId, p.Sequence }).HasDatabaseName("ix_discussions_posts_changed");

        var vote = modelBuilder.Entity<Vote>().ToTable("discussions_votes");
        vote.HasKey(v => new { v.WritingId, v.PersonId });
    }
}
