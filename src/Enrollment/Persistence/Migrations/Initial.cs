using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using MoocPlatform.Kernel;

namespace MoocPlatform.Enrollment.Persistence.Migrations;

[DbContext(typeof(EnrollmentDb))]
[Migration("202611210001_Initial")]
internal sealed partial class Initial : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateOutbox("enrollment");

        migrationBuilder.CreateTable("enrollment_enrolments",
            t => new
            {
                RunId = t.Column<Guid>(),
                LearnerId = t.Column<Guid>(),
                Active = t.Column<bool>(),
                JoinedAt = t.Column<long>(),
                LeftAt = t.Column<long>(nullable: true),
                Done = t.Column<byte[]>(),
                DoneCount = t.Column<int>(),
                LastItemId = t.Column<Guid>(nullable: true),
                LastSeenAt = t.Column<long>(),
                Standing = t.Column<int>(),
                SortName = t.Column<string>(collation: ActiveProvider?.EndsWith("PostgreSQL", StringComparison.Ordinal) is true ? "C" : null),
                Grade = t.Column<int>(),
                GradeFinal = t.Column<bool>(),
                CompletedAt = t.Column<long>(nullable: true),
                Version = t.Column<int>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_enrolments", e => new { e.RunId, e.LearnerId }));
        migrationBuilder.CreateIndex("ix_enrollment_enrolments_learner", "enrollment_enrolments", ["LearnerId", "LastSeenAt"]);

        migrationBuilder.CreateTable("enrollment_activities",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                LearnerId = t.Column<Guid>(),
                Number = t.Column<int>(),
                Kind = t.Column<int>(),
                ItemId = t.Column<Guid>(nullable: true),
                ItemNumber = t.Column<int>(),
                Completes = t.Column<bool>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_activities", a => a.Id));
        migrationBuilder.CreateIndex("ix_enrollment_activities_learner", "enrollment_activities", ["RunId", "LearnerId", "Number"]);

        migrationBuilder.CreateTable("enrollment_run_tallies",
            t => new { RunId = t.Column<Guid>(), Learners = t.Column<int>() },
            constraints: t => t.PrimaryKey("PK_enrollment_run_tallies", r => r.RunId));

        CreateCredentials(migrationBuilder);
        Numbers(migrationBuilder);
        Diary(migrationBuilder);
        Appearances(migrationBuilder);
        Grades(migrationBuilder);
    }
}
