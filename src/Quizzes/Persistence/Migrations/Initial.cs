using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MoocPlatform.Kernel;

namespace MoocPlatform.Quizzes.Persistence.Migrations;

[DbContext(typeof(QuizzesDb))]
[Migration("202611210001_Initial")]
internal sealed class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateOutbox("quizzes");

        migrationBuilder.CreateTable("quizzes_quizzes",
            t => new
            {
                Id = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                Title = t.Column<string>(),
                Revision = t.Column<int>(),
                Attempts = t.Column<int>(),
                Pass = t.Column<int>(),
                Grade = t.Column<int>(),
                TimeLimit = t.Column<int>(nullable: true),
                Shuffle = t.Column<bool>(),
                IntroHtml = t.Column<string>(),
                Points = t.Column<decimal>(),
            },
            constraints: t => t.PrimaryKey("PK_quizzes_quizzes", q => q.Id));

        migrationBuilder.CreateTable("quizzes_questions",
            t => new
            {
                Id = t.Column<Guid>(),
                QuizId = t.Column<Guid>(),
                Name = t.Column<string>(),
                Label = t.Column<string>(),
                Position = t.Column<int>(),
                Asked = t.Column<bool>(),
                Kind = t.Column<string>(),
                Tags = t.Column<string>(),
                Versions = t.Column<int>(),
                VersionId = t.Column<Guid>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_quizzes_questions", q => q.Id);
                t.ForeignKey("FK_quizzes_questions_quizzes_quizzes_QuizId", q => q.QuizId, "quizzes_quizzes", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ux_quizzes_questions_name", "quizzes_questions", ["QuizId", "Name"], unique: true);

        migrationBuilder.CreateTable("quizzes_versions",
            t => new
            {
                Id = t.Column<Guid>(),
                QuestionId = t.Column<Guid>(),
                Number = t.Column<int>(),
                Body = t.Column<string>(),
                WrittenAt = t.Column<long>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_quizzes_versions", v => v.Id);
                t.ForeignKey("FK_quizzes_versions_quizzes_questions_QuestionId", v => v.QuestionId, "quizzes_questions", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ux_quizzes_versions_number", "quizzes_versions", ["QuestionId", "Number"], unique: true);

        migrationBuilder.CreateTable("quizzes_attempts",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                ItemId = t.Column<Guid>(),
                LearnerId = t.Column<Guid>(),
                Number = t.Column<int>(),
                StartedAt = t.Column<long>(),
                Deadline = t.Column<long>(nullable: true),
                Sheet = t.Column<string>(),
                Held = t.Column<string>(),
                Version = t.Column<int>(),
                Points = t.Column<decimal>(),
                SubmittedAt = t.Column<long>(nullable: true),
                End = t.Column<int>(),
                Score = t.Column<decimal>(nullable: true),
                Passed = t.Column<bool>(),
                Receipt = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_quizzes_attempts", a => a.Id));
        migrationBuilder.CreateIndex("ux_quizzes_attempts_number", "quizzes_attempts", ["RunId", "ItemId", "LearnerId", "Number"], unique: true);
        migrationBuilder.CreateIndex("ux_quizzes_attempts_open", "quizzes_attempts", ["RunId", "ItemId", "LearnerId"], unique: true, filter: "\"SubmittedAt\" IS NULL");
        migrationBuilder.CreateIndex("ix_quizzes_attempts_open", "quizzes_attempts", ["RunId", "Id"], filter: "\"SubmittedAt\" IS NULL");
        migrationBuilder.CreateIndex("ux_quizzes_attempts_receipt", "quizzes_attempts", "Receipt", unique: true);

        migrationBuilder.CreateTable("quizzes_steps",
            t => new
            {
                AttemptId = t.Column<Guid>(),
                Page = t.Column<Guid>(),
                Sequence = t.Column<long>(),
                Question = t.Column<int>(),
                Answer = t.Column<string>(nullable: true),
                At = t.Column<long>(),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_quizzes_steps", s => new { s.AttemptId, s.Page, s.Sequence });
                t.ForeignKey("FK_quizzes_steps_quizzes_attempts_AttemptId", s => s.AttemptId, "quizzes_attempts", "Id", onDelete: ReferentialAction.Cascade);
            });

        migrationBuilder.CreateTable("quizzes_analyses",
            t => new
            {
                RunId = t.Column<Guid>(),
                ItemId = t.Column<Guid>(),
                Counted = t.Column<int>(),
                MadeAt = t.Column<long>(),
                Body = t.Column<string>(),
            },
            constraints: t => t.PrimaryKey("PK_quizzes_analyses", a => new { a.RunId, a.ItemId, a.Counted }));
    }
}
