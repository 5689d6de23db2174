using Microsoft.EntityFrameworkCore.Migrations;

namespace MoocPlatform.Enrollment.Persistence.Migrations;

internal sealed partial class Initial
{
    private static void Grades(MigrationBuilder migrationBuilder)
    {
        foreach (var (name, column) in (ReadOnlySpan<(string, string)>)[("name", "SortName"), ("progress", "DoneCount"), ("active", "LastSeenAt"), ("grade", "Grade")])
            migrationBuilder.CreateIndex($"ix_enrollment_enrolments_{name}", "enrollment_enrolments", ["RunId", "Standing", column, "LearnerId"]);

        migrationBuilder.CreateTable("enrollment_scores",
            t => new
            {
                AttemptId = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                LearnerId = t.Column<Guid>(),
                ItemId = t.Column<Guid>(),
                Number = t.Column<int>(),
                Score = t.Column<decimal>(),
                Points = t.Column<decimal>(),
                Passed = t.Column<bool>(),
                Shown = t.Column<bool>(),
                Change = t.Column<int>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_scores", s => s.AttemptId));
        migrationBuilder.CreateIndex("ix_enrollment_scores_learner", "enrollment_scores", ["RunId", "LearnerId"]);

        migrationBuilder.CreateTable("enrollment_overrides",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                LearnerId = t.Column<Guid>(),
                Number = t.Column<int>(),
                ItemId = t.Column<Guid>(),
                Percent = t.Column<decimal>(nullable: true),
                Comment = t.Column<string>(),
                ById = t.Column<Guid>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_overrides", o => o.Id));
        migrationBuilder.CreateIndex("ix_enrollment_overrides_learner", "enrollment_overrides", ["RunId", "LearnerId", "Number"]);

        migrationBuilder.CreateTable("enrollment_plans",
            t => new { CourseId = t.Column<Guid>(), Revision = t.Column<int>(), Body = t.Column<string>(), ById = t.Column<Guid>(), At = t.Column<long>() },
            constraints: t => t.PrimaryKey("PK_enrollment_plans", p => new { p.CourseId, p.Revision }));

        migrationBuilder.CreateTable("enrollment_closed_grades",
            t => new { RunId = t.Column<Guid>(), PlanRevision = t.Column<int>(), At = t.Column<long>(), DoneAt = t.Column<long>(nullable: true) },
            constraints: t => t.PrimaryKey("PK_enrollment_closed_grades", c => c.RunId));

        migrationBuilder.CreateTable("enrollment_messages",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                ById = t.Column<Guid>(),
                Subject = t.Column<string>(),
                Text = t.Column<string>(),
                Named = t.Column<string>(),
                Standing = t.Column<int>(nullable: true),
                NameFrom = t.Column<string>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_messages", m => m.Id));

        migrationBuilder.CreateTable("enrollment_calendars",
            t => new { PersonId = t.Column<Guid>(), Hash = t.Column<string>(), Sealed = t.Column<string>(), At = t.Column<long>() },
            constraints: t => t.PrimaryKey("PK_enrollment_calendars", c => c.PersonId));
        migrationBuilder.CreateIndex("ux_enrollment_calendars_hash", "enrollment_calendars", "Hash", unique: true);
    }
}
