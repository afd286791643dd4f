mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  environment         = "staging"
  vpc_cidr            = "10.20.0.0/16"
  admin_role_arns     = ["arn:aws:iam::111122223333:role/operators"]
  backup_bucket       = "shopstack-test-backups"
  delivery            = true
  code_connection_arn = "arn:aws:codeconnections:eu-west-1:111122223333:connection/00000000-0000-0000-0000-000000000000"

  nodes = {
    for name in ["system", "shop"] : name => { instance_types = ["m6i.large"], minimum = 3, maximum = 6, disk_gib = 40 }
  }
}

# One run, because each costs seconds: every rule has its own message.
run "the_whole_of_it" {
  variables {
    api_public_cidrs = ["198.51.100.0/24"]
  }

  # Network

  assert {
    condition     = length(aws_subnet.public) == 3 && length(aws_subnet.private) == 3
    error_message = "There must be a public and a private subnet in each of three zones."
  }

  assert {
    condition     = length(distinct(concat([for it in aws_subnet.public : it.cidr_block], [for it in aws_subnet.private : it.cidr_block]))) == 6
    error_message = "Subnets must not share addresses."
  }

  assert {
    condition     = !anytrue([for it in concat(values(aws_subnet.public), values(aws_subnet.private)) : it.map_public_ip_on_launch])
    error_message = "No subnet may give machines public addresses."
  }

  assert {
    condition     = length(aws_nat_gateway.this) == 3 && length(aws_route.nat) == 3
    error_message = "With nat_per_zone every private subnet needs its zone's NAT gateway."
  }

  # Only the public table may lead to the internet gateway.
  assert {
    condition     = alltrue([for it in aws_route.nat : it.gateway_id == null])
    error_message = "Private subnets must leave by NAT only."
  }

  assert {
    condition     = length(aws_default_security_group.this.ingress) == 0 && length(aws_default_security_group.this.egress) == 0
    error_message = "The default security group must allow nothing."
  }

  # Nodes

  assert {
    condition     = [for it in aws_eks_node_group.shop.taint : "${it.key}=${it.value}:${it.effect}"] == ["app=shopstack:NO_SCHEDULE"]
    error_message = "The shop's nodes must carry the taint app=shopstack that the charts tolerate."
  }

  assert {
    condition     = aws_eks_node_group.shop.labels == tomap({ app = "shopstack" })
    error_message = "The shop's nodes must carry the label app=shopstack that the charts ask for."
  }

  assert {
    condition     = length(aws_eks_node_group.system.taint) == 0
    error_message = "Without a node group that takes everything, DNS and Argo CD have no place."
  }

  assert {
    condition     = toset(aws_eks_node_group.shop.subnet_ids) == toset([for it in aws_subnet.private : it.id]) && toset(aws_eks_node_group.system.subnet_ids) == toset([for it in aws_subnet.private : it.id])
    error_message = "Nodes belong into the private subnets."
  }

  assert {
    condition     = alltrue([for it in aws_launch_template.node : it.metadata_options[0].http_tokens == "required" && it.metadata_options[0].http_put_response_hop_limit == 1])
    error_message = "Pods must not reach the node's credentials: IMDSv2 with one hop."
  }

  assert {
    condition     = alltrue([for it in aws_launch_template.node : alltrue([for device in it.block_device_mappings : device.ebs[0].encrypted == "true"])])
    error_message = "Nodes' disks must be encrypted."
  }

  assert {
    condition     = alltrue([for it in aws_launch_template.node : length(it.network_interfaces) == 0])
    error_message = "A launch template must not ask for network interfaces with public addresses."
  }

  # Cluster

  assert {
    condition     = aws_eks_cluster.this.vpc_config[0].endpoint_private_access && aws_eks_cluster.this.vpc_config[0].endpoint_public_access && aws_eks_cluster.this.vpc_config[0].public_access_cidrs == toset(["198.51.100.0/24"])
    error_message = "Exactly the given ranges may reach the API."
  }

  assert {
    condition     = aws_eks_cluster.this.encryption_config[0].resources == toset(["secrets"])
    error_message = "Secrets must be encrypted with our key."
  }

  assert {
    condition     = contains(aws_eks_cluster.this.enabled_cluster_log_types, "audit")
    error_message = "The audit log must be kept."
  }

  assert {
    condition     = !aws_eks_cluster.this.access_config[0].bootstrap_cluster_creator_admin_permissions && aws_eks_cluster.this.access_config[0].authentication_mode == "API"
    error_message = "Only the named roles may administer the cluster."
  }

  assert {
    condition     = jsondecode(aws_eks_addon.network["vpc-cni"].configuration_values).enableNetworkPolicy == "true"
    error_message = "The charts' NetworkPolicies must be enforced."
  }

  # Rights

  assert {
    condition = alltrue(flatten([
      for policy in concat(
        [for it in aws_iam_role_policy.pod : it.policy], aws_iam_role_policy.build[*].policy,
        [aws_iam_role_policy.flow_logs.policy, aws_iam_role_policy.cluster_key.policy],
        [for it in aws_kms_key.this : it.policy],
        ) : [
        for statement in jsondecode(policy).Statement : [for action in flatten([statement.Action]) : !strcontains(action, "*")]
      ]
    ]))
    error_message = "Policies must list their actions; no * in any."
  }

  # Resource "*" only where AWS has no narrower one.
  assert {
    condition = alltrue(flatten([
      for policy in concat([for it in aws_iam_role_policy.pod : it.policy], aws_iam_role_policy.build[*].policy) : [
        for statement in jsondecode(policy).Statement : [
          for action in flatten([statement.Action]) : can(regex("^(ec2:(Describe|GetInstanceTypes)|autoscaling:Describe|inspector2:List|ecr:GetAuthorizationToken$)", action))
        ] if contains(flatten([statement.Resource]), "*")
      ]
    ]))
    error_message = "Only listing actions and the registry's sign-in may name every resource."
  }

  assert {
    condition     = alltrue([for it in aws_kms_key.this : it.enable_key_rotation && it.deletion_window_in_days == 30])
    error_message = "Keys must rotate, and their removal must leave time to notice."
  }

  # Rights of pods

  assert {
    condition = { for name, it in aws_eks_pod_identity_association.pod : name => "${it.namespace}/${it.service_account}" } == {
      "cluster-autoscaler" = "kube-system/cluster-autoscaler"
      "external-secrets"   = "external-secrets/external-secrets"
      "fluent-bit"         = "observability/fluent-bit"
      "velero"             = "velero/velero"
    }
    error_message = "Identities must be bound to the service accounts that valuefiles/ name."
  }

  assert {
    condition = alltrue([
      for it in aws_iam_role.pod : jsondecode(it.assume_role_policy).Statement[0].Principal == { Service = "pods.eks.amazonaws.com" } &&
      jsondecode(it.assume_role_policy).Statement[0].Condition.ArnEquals["aws:SourceArn"] == "arn:aws:eks:eu-west-1:111122223333:cluster/shopstack-staging"
    ])
    error_message = "Only pods of this very cluster may take these roles."
  }

  assert {
    condition = jsondecode(aws_iam_role_policy.pod["external-secrets"].policy).Statement[0].Resource == [
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shopstack/staging/*",
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shopstack/infrastructure/*",
    ]
    error_message = "An environment must read its own secrets and the infrastructure's, not another environment's."
  }

  assert {
    condition = alltrue([
      for it in jsondecode(aws_iam_role_policy.pod["velero"].policy).Statement : can(it.Condition.StringLike["ec2:ResourceTag/velero.io/backup"])
      if contains(flatten([it.Action]), "ec2:DeleteSnapshot")
    ])
    error_message = "Velero may delete its own snapshots only."
  }

  assert {
    condition = alltrue([
      for it in jsondecode(aws_iam_role_policy.pod["cluster-autoscaler"].policy).Statement : it.Condition.StringEquals == { "aws:ResourceTag/k8s.io/cluster-autoscaler/shopstack-staging" = "owned" }
      if contains(flatten([it.Action]), "autoscaling:SetDesiredCapacity")
    ])
    error_message = "The autoscaler may touch this cluster's groups only."
  }

  # The build

  assert {
    condition = toset([
      for it in jsondecode(aws_iam_role_policy.build[0].policy).Statement : it.Sid
    ]) == toset(["Log", "RegistrySignIn", "Images", "Findings", "SlackAddresses", "Repository"])
    error_message = "The build's role has a statement that nobody expected."
  }

  # packages/release/README.md
  assert {
    condition = length(setsubtract(
      [
        "ecr:GetAuthorizationToken", "ecr:DescribeImages", "ecr:BatchGetImage", "ecr:PutImage",
        "ecr:DescribeImageScanFindings", "ecr:StartImageScan", "inspector2:ListCoverage", "inspector2:ListFindings",
      ],
      flatten([for it in jsondecode(aws_iam_role_policy.build[0].policy).Statement : it.Action]),
    )) == 0
    error_message = "The release tool needs a right that the build's role lacks."
  }

  assert {
    condition     = anytrue([for it in tolist(aws_codebuild_webhook.this[0].filter_group)[0].filter : it.type == "COMMIT_MESSAGE" && it.exclude_matched_pattern == true && it.pattern == "^chore\\(release\\):"])
    error_message = "A release's own commit would start the next build."
  }

  assert {
    condition     = anytrue([for it in tolist(aws_codebuild_webhook.this[0].filter_group)[0].filter : it.type == "HEAD_REF" && it.pattern == "^refs/heads/k8s/(staging|preprod)$"])
    error_message = "Builds must start from the environments' branches only."
  }

  assert {
    condition = alltrue([
      for it in aws_codebuild_project.this[0].environment[0].environment_variable : it.type == "SECRETS_MANAGER"
      if can(regex("WEBHOOK|TOKEN|KEY|PASSWORD|SECRET", it.name))
    ])
    error_message = "Secrets of the build come from Secrets Manager."
  }

  # Images

  assert {
    condition = toset([for it in aws_ecr_repository.this : it.name]) == toset([
      for image in var.images : "shopstack/shopstack-${image}"
    ])
    error_message = "packages/release pushes to <REPO>/<PROJECT>-<image>."
  }

  assert {
    condition     = alltrue([for it in aws_ecr_repository.this : it.image_scanning_configuration[0].scan_on_push])
    error_message = "Images must be scanned when they are pushed."
  }

  assert {
    condition     = alltrue([for it in aws_ecr_repository.this : it.image_tag_mutability == "IMMUTABLE"])
    error_message = "A version must always be the same image."
  }

  assert {
    condition     = alltrue([for it in aws_ecr_repository.this : it.encryption_configuration[0].encryption_type == "KMS" && it.encryption_configuration[0].kms_key == aws_kms_key.this["registry"].arn])
    error_message = "Images must be encrypted with our key."
  }

  assert {
    condition     = length(aws_ecr_lifecycle_policy.this) == length(aws_ecr_repository.this) && alltrue([for it in aws_ecr_lifecycle_policy.this : jsondecode(it.policy).rules[1].selection.countNumber >= 50])
    error_message = "Every repository needs a lifecycle that keeps enough versions to roll back."
  }

  # Backups

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.backups.block_public_acls, aws_s3_bucket_public_access_block.backups.block_public_policy,
      aws_s3_bucket_public_access_block.backups.ignore_public_acls, aws_s3_bucket_public_access_block.backups.restrict_public_buckets,
    ])
    error_message = "The bucket of backups must never be public."
  }

  assert {
    condition     = one(aws_s3_bucket_server_side_encryption_configuration.backups.rule).apply_server_side_encryption_by_default[0].kms_master_key_id == aws_kms_key.this["backups"].arn
    error_message = "Backups must be encrypted with our key."
  }

  assert {
    condition     = aws_s3_bucket_versioning.backups.versioning_configuration[0].status == "Enabled" && !aws_s3_bucket.backups.force_destroy
    error_message = "A removed backup must be recoverable, and a full bucket must not vanish."
  }

  assert {
    condition     = jsondecode(aws_s3_bucket_policy.backups.policy).Statement[0].Effect == "Deny" && jsondecode(aws_s3_bucket_policy.backups.policy).Statement[0].Condition.Bool["aws:SecureTransport"] == "false"
    error_message = "Backups travel by TLS only."
  }

  # Logs

  assert {
    condition     = alltrue([for it in aws_cloudwatch_log_group.this : it.kms_key_id == aws_kms_key.this["logs"].arn && it.retention_in_days > 0])
    error_message = "Log groups need our key and an end."
  }

  assert {
    condition     = aws_cloudwatch_log_group.this["cluster"].name == "/aws/eks/shopstack-staging/cluster"
    error_message = "EKS would make its own group, without key or end."
  }
}
