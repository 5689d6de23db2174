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

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        base.OnModelCreating(modelBuilder);

        var quiz = modelBuilder.Entity<Quiz>().ToTable("quizzes_quizzes");
        quiz.Property(q => q.Id).ValueGeneratedNever();
        quiz.Property(q => q.Revision).IsConcurrencyToken();
        quiz.Ignore(q => q.Asked);
        quiz.HasMany(q => q.Questions).WithOne().HasForeignKey(q => q.QuizId);

        var question = modelBuilder.Entity<Question>().ToTable("quizzes_questions");
        question.Property(q => q.Id).ValueGeneratedNever();
        question.Ignore(q => q.TagList);
        question.HasIndex(q => new { q.QuizId, q.Name }).IsUnique().HasDatabaseName("ux_quizzes_questions_name");

        var version = modelBuilder.Entity<QuestionVersion>().ToTable("quizzes_versions");
        version.Property(v => v.Id).ValueGeneratedNever();
        version.HasOne<Question>().WithMany().HasForeignKey(v => v.QuestionId);
        version.HasIndex(v => new { v.QuestionId, v.Number }).IsUnique().HasDatabaseName("ux_quizzes_versions_number");

        var attempt = modelBuilder.Entity<Attempt>().ToTable("quizzes_attempts");
        attempt.Property(a => a.Id).ValueGeneratedNever();
        attempt.Property(a => a.SheetJson).HasColumnName("Sheet");
        attempt.Property(a => a.HeldJson).HasColumnName("Held");
        attempt.Property(a => a.Version).IsConcurrencyToken();
        foreach (var computed in new[] { nameof(Attempt.Sheet), nameof(Attempt.Held), nameof(Attempt.HeldCount), nameof(Attempt.LastAt), nameof(Attempt.IsOpen) })
            attempt.Ignore(computed);
        attempt.HasIndex(a => new { a.RunId, a.ItemId, a.LearnerId, a.Number }).IsUnique().HasDatabaseName("ux_quizzes_attempts_number");
        attempt.HasIndex(a => new { a.RunId, a.ItemId, a.LearnerId }).IsUnique().HasFilter("\"SubmittedAt\" IS NULL").HasDatabaseName("ux_quizzes_attempts_open");
        attempt.HasIndex(a => new { a.RunId, a.Id }).HasFilter("\"SubmittedAt\" IS NULL").HasDatabaseName("ix_quizzes_attempts_open");
        attempt.HasIndex(a => a.Receipt).IsUnique().HasDatabaseName("ux_quizzes_attempts_receipt");

        var step = modelBuilder.Entity<Step>().ToTable("quizzes_steps");
        step.HasKey(s => new { s.AttemptId, s.Page, s.Sequence });
        step.HasOne<Attempt>().WithMany().HasForeignKey(s => s.AttemptId);

        modelBuilder.Entity<KeptAnalysis>().ToTable("quizzes_analyses").HasKey(a => new { a.RunId, a.ItemId, a.Counted });
    }
}
