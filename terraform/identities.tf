# What pods may do in AWS: one role per service account by EKS Pod Identity, so no values file holds an account's number.
locals {
  pod_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "pods.eks.amazonaws.com" }
      Action    = ["sts:AssumeRole", "sts:TagSession"]
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account }
        ArnEquals    = { "aws:SourceArn" = local.cluster_arn }
      }
    }]
  })

  identities = {
    external-secrets = {
      namespace       = "external-secrets"
      service_account = "external-secrets"
      statements = [
        {
          Effect = "Allow"
          Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"]
          Resource = [
            for path in [var.environment, "infrastructure"] :
            "arn:${local.partition}:secretsmanager:${var.region}:${local.account}:secret:${var.project}/${path}/*"
          ]
        },
      ]
    }

    fluent-bit = {
      namespace       = "observability"
      service_account = "fluent-bit"
      statements = [
        {
          Effect   = "Allow"
          Action   = ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"]
          Resource = "arn:${local.partition}:logs:${var.region}:${local.account}:log-group:${local.log_groups.containers}:*"
        },
      ]
    }

    velero = {
      namespace       = "velero"
      service_account = "velero"
      statements = [
        {
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"]
          Resource = "arn:${local.partition}:s3:::${var.backup_bucket}/*"
        },
        {
          Effect   = "Allow"
          Action   = ["s3:ListBucket", "s3:GetBucketLocation"]
          Resource = "arn:${local.partition}:s3:::${var.backup_bucket}"
        },
        {
          Effect   = "Allow"
          Action   = ["kms:Decrypt", "kms:GenerateDataKey", "kms:DescribeKey"]
          Resource = aws_kms_key.this["backups"].arn
        },
        # AWS knows no narrower resource for these
        {
          Effect   = "Allow"
          Action   = ["ec2:DescribeVolumes", "ec2:DescribeSnapshots"]
          Resource = "*"
        },
        {
          Effect   = "Allow"
          Action   = ["ec2:CreateSnapshot", "ec2:CreateVolume"]
          Resource = [for kind in ["volume", "snapshot"] : "arn:${local.partition}:ec2:${var.region}:*:${kind}/*"]
        },
        {
          Effect    = "Allow"
          Action    = "ec2:CreateTags"
          Resource  = [for kind in ["volume", "snapshot"] : "arn:${local.partition}:ec2:${var.region}:*:${kind}/*"]
          Condition = { StringEquals = { "ec2:CreateAction" = ["CreateSnapshot", "CreateVolume"] } }
        },
        # Velero's own snapshots only
        {
          Effect    = "Allow"
          Action    = "ec2:DeleteSnapshot"
          Resource  = "arn:${local.partition}:ec2:${var.region}:*:snapshot/*"
          Condition = { StringLike = { "ec2:ResourceTag/velero.io/backup" = "?*" } }
        },
      ]
    }

    cluster-autoscaler = {
      namespace       = "kube-system"
      service_account = "cluster-autoscaler"
      statements = [
        {
          Effect = "Allow"
          Action = [
            "autoscaling:DescribeAutoScalingGroups", "autoscaling:DescribeAutoScalingInstances",
            "autoscaling:DescribeLaunchConfigurations", "autoscaling:DescribeScalingActivities",
            "ec2:DescribeImages", "ec2:DescribeInstanceTypes", "ec2:DescribeLaunchTemplateVersions",
            "ec2:GetInstanceTypesFromInstanceRequirements",
          ]
          Resource = "*"
        },
        {
          Effect   = "Allow"
          Action   = "eks:DescribeNodegroup"
          Resource = "arn:${local.partition}:eks:${var.region}:${local.account}:nodegroup/${local.name}/*"
        },
        # This cluster's groups only
        {
          Effect    = "Allow"
          Action    = ["autoscaling:SetDesiredCapacity", "autoscaling:TerminateInstanceInAutoScalingGroup"]
          Resource  = "arn:${local.partition}:autoscaling:${var.region}:${local.account}:autoScalingGroup:*"
          Condition = { StringEquals = { "aws:ResourceTag/k8s.io/cluster-autoscaler/${local.name}" = "owned" } }
        },
      ]
    }
  }
}

resource "aws_iam_role" "pod" {
  for_each = local.identities

  name               = "${local.name}-${each.key}"
  assume_role_policy = local.pod_trust
}

resource "aws_iam_role_policy" "pod" {
  for_each = local.identities

  name   = each.key
  role   = aws_iam_role.pod[each.key].name
  policy = jsonencode({ Version = "2012-10-17", Statement = each.value.statements })
}

resource "aws_eks_pod_identity_association" "pod" {
  for_each = local.identities

  cluster_name    = aws_eks_cluster.this.name
  namespace       = each.value.namespace
  service_account = each.value.service_account
  role_arn        = aws_iam_role.pod[each.key].arn
}
