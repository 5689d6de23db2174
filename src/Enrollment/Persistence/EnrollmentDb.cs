using Microsoft.EntityFrameworkCore;
using MoocPlatform.Enrollment.Domain;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Persistence;

internal sealed class EnrollmentDb(DbContextOptions<EnrollmentDb> options, WriteGate gate, TimeProvider clock) : ModuleDb(options, gate, clock)
{
    // With n changes at once at least one succeeds in each round.
    private const int MostRounds = 100;

    public override string Prefix => "enrollment";

    public DbSet<Enrolment> Enrolments => Set<Enrolment>();

    public DbSet<Activity> Activities => Set<Activity>();

    public DbSet<RunTally> Tallies => Set<RunTally>();

    public DbSet<Credential> Credentials => Set<Credential>();

    public DbSet<AttemptScore> Scores => Set<AttemptScore>();

    public DbSet<GradeOverride> Overrides => Set<GradeOverride>();

    public DbSet<KeptPlan> Plans => Set<KeptPlan>();

    public DbSet<ClosedGrades> ClosedGrades => Set<ClosedGrades>();

    public DbSet<TeamMessage> Messages => Set<TeamMessage>();

    public DbSet<PrivateCalendar> Calendars => Set<PrivateCalendar>();

    /// <summary>
    /// Changes an enrolment: it is read, changed and saved once. Who meets another change (a second tab, a fact, a node) reads anew and
    /// decides anew. Nothing waits in a turn, so that many can be saved in one commit.
    /// </summary>
    /// <param name="change">Called once a round; true as the second argument: an earlier round met something, perhaps itself.</param>
    public Task Change(Guid runId, Guid learnerId, Func<Enrolment?, bool, Task> change, CancellationToken ct) =>
        UntilSaved(async again => await change(await Enrolments.SingleOrDefaultAsync(e => e.RunId == runId && e.LearnerId == learnerId, ct), again), ct);

    /// <inheritdoc cref="Change(Guid, Guid, Func{Enrolment?, bool, Task}, CancellationToken)"/>
    /// <summary>Changes the enrolments of several learners in one save.</summary>
    /// <param name="change">Gets those there are, by learner.</param>
    public Task Change(Guid runId, IReadOnlyList<Guid> learners, Func<IReadOnlyDictionary<Guid, Enrolment>, bool, Task> change, CancellationToken ct) =>
        UntilSaved(async again => await change(await Enrolments.Where(e => e.RunId == runId && learners.Contains(e.LearnerId)).ToDictionaryAsync(e => e.LearnerId, ct), again), ct);

    private async Task UntilSaved(Func<bool, Task> change, CancellationToken ct)
    {
        for (var round = 1; ; round++)
        {
            ChangeTracker.Clear();
            await change(round > 1);
            try
            {
                await SaveChangesAsync(ct);
                return;
            }
            catch (DbUpdateException e) when (round < MostRounds && (e is DbUpdateConcurrencyException || Kernel.Database.IsDuplicate(e)))
            {
                // Somebody was quicker.
            }
        }
    }

    /// <summary>The number of the newest change to each learner's progress, in any run. Who has joined none is left out.</summary>
    public Task<Dictionary<Guid, long>> NumbersOf(IReadOnlyList<Guid> learners, CancellationToken ct) =>
        Enrolments.Where(e => learners.Contains(e.LearnerId)).GroupBy(e => e.LearnerId).Select(g => new { g.Key, Number = g.Sum(e => (long)e.Version) }).ToDictionaryAsync(g => g.Key, g => g.Number, ct);

    /// <summary>Takes an enrolment for a change: inside a turn, no other tab or node can change it until the commit. Null: never joined.</summary>
    public async Task<Enrolment?> TakeEnrolment(Guid runId, Guid learnerId, CancellationToken ct)
    {
        var mine = Enrolments.Where(e => e.RunId == runId && e.LearnerId == learnerId);
        await mine.ExecuteUpdateAsync(s => s.SetProperty(e => e.Version, e => e.Version + 1), ct);
        return await mine.SingleOrDefaultAsync(ct);
    }

    /// <summary>Counts a learner in (1) or out (−1), in the same transaction as the change.</summary>
    public async Task CountLearners(Guid runId, int change, CancellationToken ct)
    {
        var counted = await Tallies.Where(t => t.RunId == runId)
            .ExecuteUpdateAsync(s => s.SetProperty(t => t.Learners, t => t.Learners + change), ct);
        if (counted == 0)
            await Database.ExecuteSqlAsync(
                $"""INSERT INTO enrollment_run_tallies ("RunId", "Learners") VALUES ({runId}, {change}) ON CONFLICT ("RunId") DO UPDATE SET "Learners" = enrollment_run_tallies."Learners" + {change}""", ct);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);
        modelBuilder.MapCredentials();

        var enrolment = modelBuilder.Entity<Enrolment>().ToTable("enrollment_enrolments");
        enrolment.HasKey(e => new { e.RunId, e.LearnerId });
        enrolment.Property(e => e.Version).IsConcurrencyToken();
        enrolment.HasIndex(e => new { e.LearnerId, e.LastSeenAt }).HasDatabaseName("ix_enrollment_enrolments_learner");

        var activity = modelBuilder.Entity<Activity>().ToTable("enrollment_activities");
        activity.Property(a => a.Id).ValueGeneratedNever();
        activity.HasIndex(a => new { a.RunId, a.LearnerId, a.Number }).HasDatabaseName("ix_enrollment_activities_learner");

        var tally = modelBuilder.Entity<RunTally>().ToTable("enrollment_run_tallies");
        tally.HasKey(t => t.RunId);
        tally.Property(t => t.RunId).ValueGeneratedNever();
        modelBuilder.MapNumbers();
        modelBuilder.MapDiary();
        modelBuilder.MapAppearances();
        modelBuilder.MapGrades(Database.IsNpgsql());
    }
}
