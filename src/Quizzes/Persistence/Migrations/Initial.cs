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
                Wait = t.Column<int>(),
                Feedback = t.Column<int>(),
                Tries = t.Column<int>(),
                Penalty = t.Column<decimal>(),
                Review = t.Column<int>(),
                Bands = t.Column<string>(),
                IntroHtml = t.Column<string>(),
                Count = t.Column<int>(),
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
                Pool = t.Column<bool>(),
                Origin = t.Column<string>(nullable: true),
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
                Allowed = t.Column<int>(),
                StartedAt = t.Column<long>(),
                TimeLimit = t.Column<int>(nullable: true),
                ExtraTime = t.Column<int>(),
                Deadline = t.Column<long>(nullable: true),
                Sheet = t.Column<string>(),
                Held = t.Column<string>(),
                Version = t.Column<int>(),
                Points = t.Column<decimal>(),
                SubmittedAt = t.Column<long>(nullable: true),
                End = t.Column<int>(),
                Score = t.Column<decimal>(nullable: true),
                ScoreTold = t.Column<bool>(),
                Changes = t.Column<int>(),
                Passed = t.Column<bool>(),
                SetScore = t.Column<decimal>(nullable: true),
                Receipt = t.Column<string>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_quizzes_attempts", a => a.Id);
                t.CheckConstraint("ck_quizzes_attempts_allowed", "\"Allowed\" = 0 OR \"Number\" <= \"Allowed\"");
            });
        migrationBuilder.CreateIndex("ux_quizzes_attempts_number", "quizzes_attempts", ["RunId", "ItemId", "LearnerId", "Number"], unique: true);
        migrationBuilder.CreateIndex("ux_quizzes_attempts_open", "quizzes_attempts", ["RunId", "ItemId", "LearnerId"], unique: true, filter: "\"SubmittedAt\" IS NULL");
        migrationBuilder.CreateIndex("ix_quizzes_attempts_open", "quizzes_attempts", ["RunId", "Id"], filter: "\"SubmittedAt\" IS NULL");
        migrationBuilder.CreateIndex("ix_quizzes_attempts_untold", "quizzes_attempts", ["RunId", "ItemId", "Id"], filter: "NOT \"ScoreTold\" AND \"SubmittedAt\" IS NOT NULL");
        migrationBuilder.CreateIndex("ix_quizzes_attempts_item", "quizzes_attempts", ["RunId", "ItemId", "Id"]);
        migrationBuilder.CreateIndex("ix_quizzes_attempts_due", "quizzes_attempts", "Deadline", filter: "\"SubmittedAt\" IS NULL");
        migrationBuilder.CreateIndex("ux_quizzes_attempts_receipt", "quizzes_attempts", "Receipt", unique: true);

        migrationBuilder.CreateTable("quizzes_regrades",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                ItemId = t.Column<Guid>(),
                QuestionId = t.Column<Guid>(),
                VersionId = t.Column<Guid>(),
                Policy = t.Column<int>(),
                Why = t.Column<string>(),
                ById = t.Column<Guid>(),
                At = t.Column<long>(),
                State = t.Column<int>(),
                Cursor = t.Column<Guid>(),
                Gained = t.Column<int>(),
                Lost = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_quizzes_regrades", r => r.Id));
        migrationBuilder.CreateIndex("ix_quizzes_regrades_item", "quizzes_regrades", ["RunId", "ItemId", "Id"]);
        migrationBuilder.CreateIndex("ux_quizzes_regrades_running", "quizzes_regrades", ["RunId", "ItemId"], unique: true, filter: "\"State\" IN (0, 2)");

        migrationBuilder.CreateTable("quizzes_changes",
            t => new
            {
                Id = t.Column<Guid>(),
                AttemptId = t.Column<Guid>(),
                RegradeId = t.Column<Guid>(nullable: true),
                Undoes = t.Column<bool>(),
                Question = t.Column<int>(),
                OldValue = t.Column<decimal>(nullable: true),
                NewValue = t.Column<decimal>(nullable: true),
                OldScore = t.Column<decimal>(),
                NewScore = t.Column<decimal>(),
                Why = t.Column<string>(),
                ById = t.Column<Guid>(),
                At = t.Column<long>(),
                OldGradedBy = t.Column<Guid>(nullable: true),
            },
            constraints: t =>
            {
                t.PrimaryKey("PK_quizzes_changes", c => c.Id);
                t.ForeignKey("FK_quizzes_changes_quizzes_attempts_AttemptId", c => c.AttemptId, "quizzes_attempts", "Id", onDelete: ReferentialAction.Cascade);
            });
        migrationBuilder.CreateIndex("ix_quizzes_changes_attempt", "quizzes_changes", ["AttemptId", "Id"]);
        migrationBuilder.CreateIndex("ux_quizzes_changes_regrade", "quizzes_changes", ["RegradeId", "Undoes", "AttemptId"], unique: true, filter: "\"RegradeId\" IS NOT NULL");

        migrationBuilder.CreateTable("quizzes_allowances",
            t => new
            {
                RunId = t.Column<Guid>(),
                LearnerId = t.Column<Guid>(),
                ItemId = t.Column<Guid>(),
                Minutes = t.Column<int>(),
                Percent = t.Column<int>(),
                Until = t.Column<long>(nullable: true),
                ById = t.Column<Guid>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_quizzes_allowances", a => new { a.RunId, a.LearnerId, a.ItemId }));
        migrationBuilder.CreateIndex("ix_quizzes_allowances_item", "quizzes_allowances", ["RunId", "ItemId", "LearnerId"]);

        migrationBuilder.CreateTable("quizzes_steps",
            t => new
            {
                AttemptId = t.Column<Guid>(),
                Page = t.Column<Guid>(),
                Sequence = t.Column<long>(),
                Question = t.Column<int>(),
                Answer = t.Column<string>(nullable: true),
                Try = t.Column<int>(),
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
