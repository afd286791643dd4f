locals {
  # One secret, filled by hand: slack-webhook-staging, slack-webhook-preprod
  build_secret = "${var.project}/delivery"

  build_log_group = "/${var.project}/build"

  build_statements = [
    {
      Sid      = "Log"
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource = "arn:${local.partition}:logs:${var.region}:${local.account}:log-group:${local.build_log_group}:*"
    },
    # Has no resource
    {
      Sid      = "RegistrySignIn"
      Effect   = "Allow"
      Action   = "ecr:GetAuthorizationToken"
      Resource = "*"
    },
    {
      Sid    = "Images"
      Effect = "Allow"
      Action = [
        "ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:CompleteLayerUpload", "ecr:DescribeImages",
        "ecr:DescribeImageScanFindings", "ecr:GetDownloadUrlForLayer", "ecr:InitiateLayerUpload", "ecr:PutImage",
        "ecr:StartImageScan", "ecr:UploadLayerPart",
      ]
      Resource = [for repository in aws_ecr_repository.this : repository.arn]
    },
    # Findings of enhanced scanning; they have no resource
    {
      Sid      = "Findings"
      Effect   = "Allow"
      Action   = ["inspector2:ListCoverage", "inspector2:ListFindings"]
      Resource = "*"
    },
    {
      Sid      = "SlackAddresses"
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:${local.build_secret}-??????"
    },
    {
      Sid      = "Repository"
      Effect   = "Allow"
      Action   = ["codeconnections:GetConnection", "codeconnections:GetConnectionToken", "codeconnections:UseConnection"]
      Resource = var.code_connection_arn
    },
  ]
}

resource "aws_iam_role" "build" {
  count = var.delivery ? 1 : 0

  name = "${var.project}-build"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "codebuild.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "build" {
  count = var.delivery ? 1 : 0

  name   = "build"
  role   = aws_iam_role.build[0].name
  policy = jsonencode({ Version = "2012-10-17", Statement = local.build_statements })
}

resource "aws_codebuild_project" "this" {
  count = var.delivery ? 1 : 0

  name           = var.project
  description    = "Builds changed services, sets their tags in helm/, as buildspec.yml says"
  service_role   = aws_iam_role.build[0].arn
  build_timeout  = 60
  queued_timeout = 120

  # The release tool copes with two at a time; one is quicker than two that repeat their pushes.
  concurrent_build_limit = 1

  source {
    type            = "GITHUB"
    location        = var.repository_url
    buildspec       = "buildspec.yml"
    git_clone_depth = 0

    auth {
      type     = "CODECONNECTIONS"
      resource = var.code_connection_arn
    }
  }

  environment {
    type         = "LINUX_CONTAINER"
    compute_type = "BUILD_GENERAL1_MEDIUM"
    image        = "aws/codebuild/standard:7.0"
    # docker buildx needs it
    privileged_mode = true

    dynamic "environment_variable" {
      for_each = {
        AWS_ACCOUNT_ID = local.account
        PROJECT        = var.project
        REPO           = var.project
      }

      content {
        name  = environment_variable.key
        value = environment_variable.value
      }
    }

    dynamic "environment_variable" {
      for_each = {
        SLACK_WEBHOOK_URL_STAGING = "slack-webhook-staging"
        SLACK_WEBHOOK_URL_PREPROD = "slack-webhook-preprod"
      }

      content {
        name  = environment_variable.key
        type  = "SECRETS_MANAGER"
        value = "${local.build_secret}:${environment_variable.value}"
      }
    }
  }

  artifacts {
    type = "NO_ARTIFACTS"
  }

  logs_config {
    cloudwatch_logs {
      group_name = aws_cloudwatch_log_group.this["build"].name
    }
  }
}

resource "aws_codebuild_webhook" "this" {
  count = var.delivery ? 1 : 0

  project_name = aws_codebuild_project.this[0].name
  build_type   = "BUILD"

  filter_group {
    filter {
      type    = "EVENT"
      pattern = "PUSH"
    }

    filter {
      type    = "HEAD_REF"
      pattern = "^refs/heads/k8s/(staging|preprod)$"
    }

    # A release's own commit must not start the next one (packages/release).
    filter {
      type                    = "COMMIT_MESSAGE"
      pattern                 = "^chore\\(release\\):"
      exclude_matched_pattern = true
    }
  }
}
