using Microsoft.EntityFrameworkCore.Migrations;

namespace MoocPlatform.Enrollment.Persistence.Migrations;

internal sealed partial class Initial
{
    private static void CreateCredentials(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.CreateTable("enrollment_credentials",
            t => new
            {
                Id = t.Column<Guid>(),
                RunId = t.Column<Guid>(),
                PersonId = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                AchievementId = t.Column<Guid>(),
                Name = t.Column<string>(),
                CompletedAt = t.Column<long>(),
                Grade = t.Column<int>(nullable: true),
                IssuedAt = t.Column<long>(),
                ListNumber = t.Column<int>(),
                ListIndex = t.Column<int>(),
                Jwt = t.Column<string>(),
                Json = t.Column<string>(),
                SharedAt = t.Column<long>(nullable: true),
                RevokedAt = t.Column<long>(nullable: true),
                RevokedById = t.Column<Guid>(nullable: true),
                Reason = t.Column<string>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_credentials", c => c.Id));
        migrationBuilder.CreateIndex("ix_enrollment_credentials_once", "enrollment_credentials", ["RunId", "PersonId"], unique: true);
        migrationBuilder.CreateIndex("ix_enrollment_credentials_place", "enrollment_credentials", ["ListNumber", "ListIndex"], unique: true);
        migrationBuilder.CreateIndex("ix_enrollment_credentials_person", "enrollment_credentials", ["PersonId", "Id"]);
        migrationBuilder.CreateIndex("ix_enrollment_credentials_run", "enrollment_credentials", ["RunId", "Id"]);
        migrationBuilder.CreateIndex("ix_enrollment_credentials_revoked", "enrollment_credentials", ["ListNumber", "RevokedAt"]);

        migrationBuilder.CreateTable("enrollment_merits",
            t => new
            {
                RunId = t.Column<Guid>(),
                PersonId = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                At = t.Column<long>(),
                Grade = t.Column<int>(nullable: true),
                Rewarded = t.Column<bool>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_merits", m => new { m.RunId, m.PersonId }));
        migrationBuilder.CreateIndex("ix_enrollment_merits_open", "enrollment_merits", ["RunId", "Rewarded", "At"]);

        migrationBuilder.CreateTable("enrollment_achievements",
            t => new
            {
                Id = t.Column<Guid>(),
                CourseId = t.Column<Guid>(),
                Hash = t.Column<string>(),
                Title = t.Column<string>(),
                Language = t.Column<string>(),
                Json = t.Column<string>(),
                Svg = t.Column<string>(),
                Png = t.Column<byte[]>(),
                At = t.Column<long>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_achievements", a => a.Id));
        migrationBuilder.CreateIndex("ix_enrollment_achievements_said", "enrollment_achievements", ["CourseId", "Hash"], unique: true);

        migrationBuilder.CreateTable("enrollment_signing_keys",
            t => new
            {
                Id = t.Column<Guid>(),
                Kind = t.Column<int>(),
                Number = t.Column<int>(),
                PublicKey = t.Column<string>(),
                Sealed = t.Column<string>(),
                CreatedAt = t.Column<long>(),
                RetiredAt = t.Column<long>(nullable: true),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_signing_keys", k => k.Id));
        migrationBuilder.CreateIndex("ix_enrollment_signing_keys_number", "enrollment_signing_keys", ["Kind", "Number"], unique: true);

        migrationBuilder.CreateTable("enrollment_status_lists",
            t => new
            {
                Number = t.Column<int>(),
                Taken = t.Column<int>(),
                Version = t.Column<int>(),
                ChangedAt = t.Column<long>(),
                Jwt = t.Column<string>(),
                Json = t.Column<string>(),
            },
            constraints: t => t.PrimaryKey("PK_enrollment_status_lists", l => l.Number));
    }
}
