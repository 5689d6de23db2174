using Microsoft.EntityFrameworkCore;
using MoocPlatform.Kernel;
using MoocPlatform.Quizzes.Domain;

namespace MoocPlatform.Quizzes.Persistence;

internal sealed class QuizzesDb(DbContextOptions<QuizzesDb> options, WriteGate gate, TimeProvider clock) : ModuleDb(options, gate, clock)
{
    public override string Prefix => "quizzes";

    public DbSet<Quiz> Quizzes => Set<Quiz>();

    public DbSet<QuestionVersion> Versions => Set<QuestionVersion>();

    public DbSet<Attempt> Attempts => Set<Attempt>();

    public DbSet<Step> Steps => Set<Step>();

    public DbSet<KeptAnalysis> Analyses => Set<KeptAnalysis>();

    public DbSet<Regrade> Regrades => Set<Regrade>();

    public DbSet<ScoreChange> Changes => Set<ScoreChange>();

    public DbSet<Allowance> Allowances => Set<Allowance>();

    /// <summary>What a learner did at a quiz of a run before.</summary>
    public async Task<Past> PastOf(Guid runId, Guid itemId, Guid learnerId, CancellationToken ct)
    {
        var ends = await Attempts.Where(a => a.RunId == runId && a.ItemId == itemId && a.LearnerId == learnerId).Select(a => a.SubmittedAt).ToListAsync(ct);
        return new Past(ends.Count, ends.Max());
    }

    /// <summary>The time given to a learner for a quiz: its own, or else that for every quiz of the run; null: none.</summary>
    public async Task<Allowance?> AllowanceOf(Guid runId, Guid itemId, Guid learnerId, CancellationToken ct)
    {
        var given = await Allowances.AsNoTracking().Where(a => a.RunId == runId && a.LearnerId == learnerId && (a.ItemId == itemId || a.ItemId == Guid.Empty)).ToListAsync(ct);
        return given.Find(a => a.ItemId == itemId) ?? given.FirstOrDefault();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        var quiz = modelBuilder.Entity<Quiz>().ToTable("quizzes_quizzes");
        quiz.Property(q => q.Id).ValueGeneratedNever();
        quiz.Property(q => q.Revision).IsConcurrencyToken();
        quiz.Property(q => q.ReviewRows).HasColumnName("Review");
        quiz.Property(q => q.BandsJson).HasColumnName("Bands");
        quiz.Ignore(q => q.Asked);
        quiz.Ignore(q => q.Review);
        quiz.HasMany(q => q.Questions).WithOne().HasForeignKey(q => q.QuizId);

        var question = modelBuilder.Entity<Question>().ToTable("quizzes_questions");
        question.Property(q => q.Id).ValueGeneratedNever();
        question.Ignore(q => q.TagList);
        question.HasIndex(q => new { q.QuizId, q.Name }).IsUnique().HasDatabaseName("ux_quizzes_questions_name");

        var version = modelBuilder.Entity<QuestionVersion>().ToTable("quizzes_versions");
        version.Property(v => v.Id).ValueGeneratedNever();
        version.HasOne<Question>().WithMany().HasForeignKey(v => v.QuestionId);
        version.HasIndex(v => new { v.QuestionId, v.Number }).IsUnique().HasDatabaseName("ux_quizzes_versions_number");

        var attempt = modelBuilder.Entity<Attempt>().ToTable("quizzes_attempts", t => t.HasCheckConstraint("ck_quizzes_attempts_allowed", "\"Allowed\" = 0 OR \"Number\" <= \"Allowed\""));
        attempt.Property(a => a.Id).ValueGeneratedNever();
        attempt.Property(a => a.SheetJson).HasColumnName("Sheet");
        attempt.Property(a => a.HeldJson).HasColumnName("Held").UsePropertyAccessMode(PropertyAccessMode.Property); // it is written when it is read
        attempt.Property(a => a.Version).IsConcurrencyToken();
        foreach (var computed in new[] { nameof(Attempt.Sheet), nameof(Attempt.Held), nameof(Attempt.HeldCount), nameof(Attempt.LastAt), nameof(Attempt.IsOpen), nameof(Attempt.AsGraded) })
            attempt.Ignore(computed);
        attempt.HasIndex(a => new { a.RunId, a.ItemId, a.LearnerId, a.Number }).IsUnique().HasDatabaseName("ux_quizzes_attempts_number");
        attempt.HasIndex(a => new { a.RunId, a.ItemId, a.LearnerId }).IsUnique().HasFilter("\"SubmittedAt\" IS NULL").HasDatabaseName("ux_quizzes_attempts_open");
        attempt.HasIndex(a => new { a.RunId, a.Id }).HasFilter("\"SubmittedAt\" IS NULL").HasDatabaseName("ix_quizzes_attempts_open");
        attempt.HasIndex([nameof(Attempt.RunId), nameof(Attempt.ItemId), nameof(Attempt.Id)], "ix_quizzes_attempts_untold").HasFilter("NOT \"ScoreTold\" AND \"SubmittedAt\" IS NOT NULL");
        attempt.HasIndex(a => a.Deadline).HasFilter("\"SubmittedAt\" IS NULL").HasDatabaseName("ix_quizzes_attempts_due");
        attempt.HasIndex(a => a.Receipt).IsUnique().HasDatabaseName("ux_quizzes_attempts_receipt");

        attempt.HasIndex([nameof(Attempt.RunId), nameof(Attempt.ItemId), nameof(Attempt.Id)], "ix_quizzes_attempts_item");

        var regrade = modelBuilder.Entity<Regrade>().ToTable("quizzes_regrades");
        regrade.Property(r => r.Id).ValueGeneratedNever();
        regrade.Property(r => r.State).IsConcurrencyToken();
        regrade.Property(r => r.Cursor).IsConcurrencyToken();
        regrade.Ignore(r => r.IsRunning);
        regrade.HasIndex(r => new { r.RunId, r.ItemId, r.Id }).HasDatabaseName("ix_quizzes_regrades_item");
        regrade.HasIndex(r => new { r.RunId, r.ItemId }).IsUnique().HasFilter("\"State\" IN (0, 2)").HasDatabaseName("ux_quizzes_regrades_running");

        var change = modelBuilder.Entity<ScoreChange>().ToTable("quizzes_changes");
        change.Property(c => c.Id).ValueGeneratedNever();
        change.HasOne<Attempt>().WithMany().HasForeignKey(c => c.AttemptId);
        change.HasIndex(c => new { c.AttemptId, c.Id }).HasDatabaseName("ix_quizzes_changes_attempt");
        change.HasIndex(c => new { c.RegradeId, c.Undoes, c.AttemptId }).IsUnique().HasFilter("\"RegradeId\" IS NOT NULL").HasDatabaseName("ux_quizzes_changes_regrade");

        var allowance = modelBuilder.Entity<Allowance>().ToTable("quizzes_allowances");
        allowance.HasKey(a => new { a.RunId, a.LearnerId, a.ItemId });
        allowance.HasIndex(a => new { a.RunId, a.ItemId, a.LearnerId }).HasDatabaseName("ix_quizzes_allowances_item");

        var step = modelBuilder.Entity<Step>().ToTable("quizzes_steps");
        step.HasKey(s => new { s.AttemptId, s.Page, s.Sequence });
        step.HasOne<Attempt>().WithMany().HasForeignKey(s => s.AttemptId);

        modelBuilder.Entity<KeptAnalysis>().ToTable("quizzes_analyses").HasKey(a => new { a.RunId, a.ItemId, a.Counted });
    }
}
