locals {
  log_groups = merge(
    {
      # EKS writes to this very name.
      cluster = "/aws/eks/${local.name}/cluster"
      # Fluent Bit's second output, valuefiles/fluent-bit-cloudwatch-values.yaml
      containers = "/${var.project}/${var.environment}/containers"
      flow       = "/${var.project}/${var.environment}/flow"
    },
    var.delivery ? { build = local.build_log_group } : {},
  )
}

resource "aws_cloudwatch_log_group" "this" {
  for_each = local.log_groups

  name              = each.value
  retention_in_days = var.log_days
  kms_key_id        = aws_kms_key.this["logs"].arn
}

resource "aws_iam_role" "flow_logs" {
  name = "${local.name}-flow-logs"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "vpc-flow-logs.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = { StringEquals = { "aws:SourceAccount" = local.account } }
    }]
  })
}

resource "aws_iam_role_policy" "flow_logs" {
  role = aws_iam_role.flow_logs.name

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"]
      Resource = "${aws_cloudwatch_log_group.this["flow"].arn}:*"
    }]
  })
}
